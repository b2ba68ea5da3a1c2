import type { ErrorBody } from '../../server/contract/errors.ts'
import type { Ack } from '../../server/contract/requests.ts'
import type { Live } from './live.ts'
import { newKey as randomKey } from './new-key.ts'
import { NoAnswer } from './refusals.ts'
import { isRetryable } from './retryable.ts'
import { type Kept, type KeptTap, keptIn, type RefusedTap, type Tap, type TapStorage, textOf } from './tap-storage.ts'

export interface OfflineQueueOptions {
  readonly live: Pick<Live, 'connected' | 'on' | 'command' | 'seen'>
  /** Taps that may wait, default 200: a kitchen's busiest hour. */
  readonly limit?: number
  /** Absent: what waits is lost with the app. */
  readonly storage?: TapStorage
  /** The device's clock, milliseconds since 1970. */
  readonly now?: () => number
  readonly newKey?: () => string
  /** Waits before a tap that could not be answered is sent again. */
  readonly rest?: (ms: number) => Promise<unknown>
}

export interface WaitingTap extends KeptTap {
  readonly state: 'waiting' | 'sending'
}

/** QUEUE_FULL: as many wait as may. NOT_SAVED: the storage did not take it. Either way nothing was done, and the person has to know. */
export type Taken =
  | { readonly kind: 'taken'; readonly key: string }
  | { readonly kind: 'refused'; readonly code: 'QUEUE_FULL' | 'NOT_SAVED' }

/** Orders whose taps are sent at the same time: a quarter of what the server takes of one socket at once. */
const AT_ONCE = 8
const ANSWERED_WITHIN_MS = 30_000
/** After a tap had no answer for so long its order rests, as long as the server asks, but for these. */
const REST_MS = { least: 1_000, most: 60_000 } as const

/**
 * Taps that are done when there is a line: at once while there is one, after the next `sync` while there is none.
 * T1. A tap is kept, under its key, until the server has said yes or no; a repeat under the key is done once, also after a crash.
 * T2. The taps of one order are sent one after the other, as they were tapped. The server alone decides: after a no to one, the next is sent.
 * T3. A no is shown until somebody dismisses it.
 */
export class OfflineQueue {
  readonly #options: OfflineQueueOptions
  readonly #limit: number
  readonly #newKey: () => string
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  readonly #refusedListeners = new Set<(refused: RefusedTap) => void>()
  /** Orders of which a tap is under way. T2 */
  readonly #sending = new Map<string, KeptTap>()
  /** Of these, the ones that rest. */
  readonly #resting = new Set<KeptTap>()
  readonly #rest: (ms: number) => Promise<unknown>
  readonly #unhear: () => void
  #waiting: readonly KeptTap[]
  #refused: readonly RefusedTap[]
  #closed = false

  constructor(options: OfflineQueueOptions) {
    const { live, limit = 200, storage, now = Date.now, newKey = randomKey } = options
    this.#options = options
    this.#limit = limit
    this.#now = now
    this.#newKey = newKey
    this.#rest = options.rest ?? (ms => new Promise(resolve => setTimeout(resolve, ms)))
    const kept = keptIn(storage?.load())
    this.#waiting = kept.waiting
    this.#refused = kept.refused
    this.#unhear = live.on('sync', () => this.#send())
    this.#send()
  }

  /** What is not answered yet, oldest first. */
  get waiting(): readonly WaitingTap[] {
    return this.#waiting.map(tap => ({ ...tap, state: this.#isSending(tap) ? 'sending' : 'waiting' }))
  }

  /** What the server has refused and nobody has dismissed yet, oldest first; the newest `limit` of them. */
  get refused(): readonly RefusedTap[] {
    return this.#refused
  }

  /** Takes a tap, and sends it as soon as may be. */
  add(command: Tap): Taken {
    if (this.#waiting.length >= this.#limit) return { kind: 'refused', code: 'QUEUE_FULL' }
    const key = command.idempotencyKey ?? this.#newKey()
    const before = this.#waiting
    this.#waiting = [...before, { key, command, sinceMs: this.#now() }]
    if (!this.#save()) {
      this.#waiting = before
      return { kind: 'refused', code: 'NOT_SAVED' }
    }
    this.#send()
    this.#changed()
    return { kind: 'taken', key }
  }

  /** Somebody has read why. */
  dismiss(key: string): void {
    this.#refused = this.#refused.filter(tap => tap.key !== key)
    this.#keep()
  }

  /** Called after anything in `waiting` or `refused` has changed. @returns a function that ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Called for each tap that the server refuses. @returns a function that ends it */
  onRefused(listener: (refused: RefusedTap) => void): () => void {
    this.#refusedListeners.add(listener)
    return () => this.#refusedListeners.delete(listener)
  }

  /** Sends nothing more; what waits stays in the storage. */
  close(): void {
    this.#closed = true
    this.#unhear()
  }

  #send(): void {
    const passed = new Set<string>() // orders with a tap before
    for (const tap of this.#waiting) {
      if (this.#closed || !this.#options.live.connected || this.#sending.size >= AT_ONCE) return
      const { orderId } = tap.command
      if (!passed.has(orderId) && !this.#sending.has(orderId)) {
        this.#sending.set(orderId, tap)
        void this.#settle(tap)
      }
      passed.add(orderId)
    }
  }

  async #settle(tap: KeptTap): Promise<void> {
    const { ack, last } = await this.#ask(tap)
    if (this.#closed) return
    if (!ack) await this.#rests(tap, last)
    this.#sending.delete(tap.command.orderId)
    const refused = ack && !ack.ok ? [{ ...tap, refusal: ack.error }] : []
    if (ack) this.#waiting = this.#waiting.filter(({ key }) => key !== tap.key) // T1
    this.#refused = [...this.#refused, ...refused].slice(-this.#limit) // T3
    this.#send()
    this.#keep()
    for (const each of refused) for (const listener of this.#refusedListeners) listener(each)
  }

  /** The server's yes or no, or else its last word. */
  async #ask({ key, command }: KeptTap): Promise<{ readonly ack?: Ack<object>; readonly last?: ErrorBody | undefined }> {
    const { live } = this.#options
    const patience = { retryForMs: ANSWERED_WITHIN_MS }
    const asked: Promise<Ack<object>> =
      command.name === 'seen' ? live.seen(command.orderId, patience) : live.command({ ...command, idempotencyKey: key }, patience)
    try {
      const ack = await asked
      return ack.ok || !isRetryable(ack.error.code) ? { ack } : { last: ack.error }
    } catch (error) {
      return { last: error instanceof NoAnswer ? error.last : undefined }
    }
  }

  async #rests(tap: KeptTap, last: ErrorBody | undefined): Promise<void> {
    this.#resting.add(tap)
    this.#changed()
    await this.#rest(Math.min(Math.max((last?.retryAfterS ?? 0) * 1_000, REST_MS.least), REST_MS.most))
    this.#resting.delete(tap)
  }

  /** What is not saved now is sent once more after a crash, which its key makes harmless. */
  #keep(): void {
    this.#save()
    this.#changed()
  }

  #save(): boolean {
    const kept: Kept = { waiting: this.#waiting, refused: this.#refused }
    try {
      this.#options.storage?.save(textOf(kept))
      return true
    } catch {
      return false
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  #isSending(tap: KeptTap): boolean {
    return this.#sending.get(tap.command.orderId) === tap && !this.#resting.has(tap)
  }
}
