import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type House, type HouseOptions, openHouse } from '../../config/runtime/house.ts'

export interface TestHouse extends AsyncDisposable {
  readonly house: House
  /** Ends every process with SIGKILL and opens a house on the same data. */
  crashAndReopen(): Promise<House>
  /** Stops in order and begins anew: `npm start -- --fresh`. */
  reopenFresh(): Promise<House>
}

/** A whole house on free ports and a data directory of its own: NATS, PostgreSQL, every process, the stand-ins. */
export const startHouse = async (
  env: Readonly<Record<string, string>> = {},
  more: Pick<HouseOptions, 'apps' | 'hosts' | 'payments'> = {},
): Promise<TestHouse> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'baedal-house-'))
  const options = { ...more, dataDir, port: 0, env }
  let house = await openHouse(options)
  return {
    get house() {
      return house
    },
    async crashAndReopen() {
      const pids = Object.values(house.pids())
      house.killAll()
      await until('every process is gone', () => pids.every(pid => !isAlive(pid)))
      await house.stop()
      house = await openHouse(options)
      return house
    },
    async reopenFresh() {
      await house.stop()
      house = await openHouse({ ...options, fresh: true })
      return house
    },
    async [Symbol.asyncDispose]() {
      await house.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A look costs both sides some milliseconds: who waits for long looks less often, up to each 100 ms. */
const SOON_MS = 20
const LATE_MS = 100

/** The one place of the tests that waits: looks again after 20 ms, and later after 100 ms, until it is so. @throws Error after `withinMs` */
export const until = async (what: string, met: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> => {
  const began = Date.now()
  while (!(await met())) {
    const waitedMs = Date.now() - began
    if (waitedMs > withinMs) throw new Error(`never happened: ${what}`)
    await pause(Math.min(LATE_MS, SOON_MS + waitedMs / 20))
  }
}
