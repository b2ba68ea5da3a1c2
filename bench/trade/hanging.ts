import type { House } from '../../config/runtime/house.ts'
import type { Child } from '../child.ts'
import { type Figures, printTable } from '../report.ts'
import type { Measured } from './crowd-process.ts'

/** Well, hanging, hanging, well: what drifts with time, a growing log for one, weighs on both alike. */
const TURNS = [false, true, true, false] as const

/**
 * Whether a provider of messages that never answers slows orders down: their rate with it over their rate without. The crowd must have
 * begun, and goes on.
 * @param turnMs of each of the four turns
 */
export const hangingProvider = async (house: House, crowd: Child, turnMs: number): Promise<Figures> => {
  const orders = { well: 0, hanging: 0 }
  const seconds = { well: 0, hanging: 0 }
  try {
    for (const hangs of TURNS) {
      await setFaults(house, hangs ? { hangRate: 1 } : {})
      const measured = await crowd.ask<Measured>({ kind: 'measure', ms: turnMs })
      const turn = hangs ? 'hanging' : 'well'
      orders[turn] += measured.lifecycles
      seconds[turn] += measured.seconds
    }
  } finally {
    await setFaults(house, {})
  }
  const [well, hanging] = [orders.well / seconds.well, orders.hanging / seconds.hanging]
  const hangingProviderRatio = hanging / well
  printTable(
    ['the provider of messages', 'lifecycles by s'],
    [
      ['answers', well],
      ['hangs', hanging],
      ['ratio', hangingProviderRatio],
    ],
  )
  return { hangingProviderRatio }
}

const setFaults = async ({ standIns }: House, faults: object): Promise<void> => {
  const answer = await fetch(`${standIns.kakao}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(faults) })
  if (!answer.ok) throw new Error(`the stand-in of the message provider does not take these faults: ${await answer.text()}`)
}
