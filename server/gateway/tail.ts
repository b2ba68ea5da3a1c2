import { setTimeout as pause } from 'node:timers/promises'
import { orderContext } from '../../actors/kinds/order.ts'
import type { Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { Shared } from '../../actors/shared.ts'
import type { Role } from '../contract/account.ts'
import type { OrderRow } from './reads.ts'

const STREAM = 'ORDERS'
/** A database or a log that hangs is as good as down. */
const READ_LIMIT_MS = 2_000
/** About two seconds of a busy house; whoever is further behind is better asked nothing. */
const MOST = 5_000

/** In a crowd; a third of what a reconnect storm cost were questions that served three sockets each. */
const PACE_MS = 20

export interface TailOptions {
  readonly log: Log
  readonly reads: { position(stream: string): Promise<number> }
  /** Messages that it reads at most, default 5,000. */
  readonly most?: number
}

/** What the log holds beyond the read model, by whom it concerns. */
export type Beyond =
  | { readonly kind: 'read'; readonly of: (role: Role, id: string) => readonly OrderRow[] }
  /** The read model is further behind than is worth reading, or the log's copy next to us is. */
  | { readonly kind: 'behind' }
  /** The read model does not answer. */
  | { readonly kind: 'down' }

/**
 * The records that the projector has still to take, read once for all who ask at that moment: the read model and its tail are the truth,
 * however far the projector is behind, within reason. Waiting for it instead let the ten thousand of a reconnect storm fall back on the log
 * one by one, which looks through the subjects of all orders for each of them.
 * T1. Everything acknowledged before the question is in the read model or in the tail: the tail ends with the log's last message.
 */
export class Tail {
  readonly #options: TailOptions
  readonly #shared: Shared<Beyond>

  constructor(options: TailOptions) {
    this.#options = options
    this.#shared = new Shared(() => this.#read(), PACE_MS)
  }

  /** Read the read model after it. */
  ask(): Promise<Beyond> {
    return this.#shared.ask()
  }

  async #read(): Promise<Beyond> {
    const { log, reads, most = MOST } = this.#options
    const [position, end] = await Promise.all([within(READ_LIMIT_MS, reads.position(STREAM)), within(READ_LIMIT_MS, log.end(STREAM))])
    if (position === undefined) return { kind: 'down' }
    // A log that does not answer commits nothing either: then whatever the read model holds is the newest there is to see.
    if (end === undefined || position >= end) return NOTHING
    if (end - position > most) return { kind: 'behind' }
    return (await within(READ_LIMIT_MS, this.#between(position, end))) ?? { kind: 'behind' }
  }

  async #between(position: number, end: number): Promise<Beyond> {
    const newest = new Map<string, OrderRow>()
    let last = position
    for await (const messages of this.#options.log.between<ActorRecord | undefined>(STREAM, '>', position, end))
      for (const message of messages) {
        last = message.seq
        const record = message.subject.startsWith('evt.order.') ? message.body : undefined
        if (record) newest.set(record.id, { id: record.id, version: record.version, at: record.at, state: record.state })
      }
    if (last < end) return { kind: 'behind' } // T1
    const byOwner = new Map<string, OrderRow[]>()
    for (const row of newest.values()) {
      const { customer, store, rider } = orderContext(row.state)
      for (const owner of [`customer/${customer.id}`, `store/${store.id}`, ...(rider ? [`rider/${rider.id}`] : [])]) {
        const rows = byOwner.get(owner)
        if (rows) rows.push(row)
        else byOwner.set(owner, [row])
      }
    }
    return { kind: 'read', of: (role, id) => byOwner.get(`${role}/${id}`) ?? [] }
  }
}

const NOTHING: Beyond = { kind: 'read', of: () => [] }

/** Undefined when it fails or takes longer. */
export const within = <T>(limitMs: number, asked: Promise<T>): Promise<T | undefined> =>
  Promise.race([asked.catch(() => undefined), pause(limitMs, undefined, { ref: false })])
