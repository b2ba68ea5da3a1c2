import { type Registry, register } from 'prom-client'
import type { Verdict } from '../breakers/verdict.ts'
import type { Verdicts } from '../breakers/verdicts.ts'
import { SILENT_MS } from '../breakers/word.ts'
import { gauge, only, type Sample } from './figure.ts'

type Measured = Pick<Verdicts, 'all' | 'word' | 'silentMs'>

const STATES: Readonly<Record<Verdict['state'], number>> = { closed: 0, halfOpen: 1, open: 2 }

/** The payment breakers as this process knows them. */
export const measureBreakers = (verdicts: Measured, registry: Registry = register): void => {
  const each = (name: string, help: string, of: (verdict: Verdict) => number): void =>
    gauge({
      registry,
      name,
      help,
      labels: ['breaker'],
      look: () => verdicts.all.map(verdict => [{ breaker: verdict.name }, of(verdict)] as const),
    })
  each('breaker_state', '0 closed, 1 half open, 2 open', ({ state }) => STATES[state])
  each('breaker_share', 'Share of the usual number of calls that may be under way, 0 to 1', ({ share }) => share)
  each('breaker_forced', '1 while an operator holds it as it is', ({ forced }) => (forced ? 1 : 0))
  gauge({
    registry,
    name: 'breaker_silence_seconds',
    help: 'How long nobody has spoken for the breakers; beyond 5 s each worker goes by what it sees itself',
    look: () => only(verdicts.silentMs / 1_000),
  })
}

/** The payments that wait for their turn, as the hosts last said. */
export const measureWaitingRoom = (verdicts: Measured, registry: Registry = register): void => {
  const said = (of: 'pending' | 'perS') => (): Iterable<Sample<never>> => {
    const { room } = verdicts.word ?? {}
    return room === undefined || verdicts.silentMs > SILENT_MS ? [] : only(room[of])
  }
  gauge({ registry, name: 'waiting_room_payments', help: 'Payments that nobody has called for yet', look: said('pending') })
  gauge({
    registry,
    name: 'waiting_room_admitted_per_second',
    help: 'Payments that the workers can bring to an end each second',
    look: said('perS'),
  })
}
