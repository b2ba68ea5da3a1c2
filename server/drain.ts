import { isoOf } from '../actors/clock.ts'
import type { Host } from '../actors/host.ts'
import type { Log } from '../actors/log.ts'
import type { Endpoint } from '../actors/services.ts'

/** That an operator made a host leave: written before it does. */
export interface Drain {
  readonly host: string
  /** ISO 8601 UTC. */
  readonly at: string
  /** An address: `ops/ops-1`. */
  readonly by: string
  readonly why: string
  readonly forced: boolean
}
export type Wish = Pick<Drain, 'by' | 'why' | 'forced'>

/** Kept by name; a host's name is used once. */
export const DRAINS = 'out.drain.*'
/** Where a gateway asks a host to leave. */
export const drainSubject = (host: string): string => `host.drain.${host}`

export interface DrainOptions {
  readonly name: string
  readonly host: Pick<Host, 'drain'>
  readonly log: Pick<Log, 'put'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Ends this process as a signal would; whoever keeps it running starts it again, under a new name. */
  readonly leave: (drain: Drain) => void
}

/** The host's side: writes down who wanted it, gives its shards away, answers, and leaves. */
export const drainEndpoint = ({ name, host, log, now, leave }: DrainOptions): Endpoint => ({
  name: 'drain',
  subject: drainSubject(name),
  async handler(text) {
    const { by, why, forced } = JSON.parse(text) as Wish
    const drain: Drain = { host: name, at: isoOf(now()), by, why, forced }
    await log.put(`out.drain.${name}`, drain)
    await host.drain()
    leave(drain)
    return { kind: 'answer', body: drain }
  },
})
