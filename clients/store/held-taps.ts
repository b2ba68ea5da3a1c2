import { newKey as randomKey } from '../shared/new-key.ts'
import type { Taken } from '../shared/offline-queue.ts'
import type { Tap, TapStorage } from '../shared/tap-storage.ts'

/** How long a tap may be taken back. */
export const UNDO_MS = 5_000

/** A tap that is held on the tablet before it is sent. */
export interface HeldTap {
  /** Under which it will be sent: after a crash in between, it is done once all the same. */
  readonly key: string
  readonly command: Tap
  /** When it goes, by the device's clock, milliseconds since 1970. */
  readonly dueMs: number
}

export interface HeldTapsOptions {
  readonly storage: TapStorage
  /** Hands a tap on when its time has come. */
  readonly send: (command: Tap) => Taken
  /** The device's clock. */
  readonly now?: () => number
  readonly newKey?: () => string
}

/**
 * Taps with a while in which they can be undone.
 * U1. A tap is in the storage before it is shown as taken, and leaves it only when it was undone or handed on: a reload loses none.
 * U2. It is handed on when it is due, or, by an app that starts later, at once.
 * U3. Of one order one tap is held at a time.
 */
export class HeldTaps {
  readonly #options: HeldTapsOptions
  readonly #now: () => number
  readonly #newKey: () => string
  readonly #listeners = new Set<() => void>()
  #held: readonly HeldTap[]
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(options: HeldTapsOptions) {
    const { now = Date.now, newKey = randomKey } = options
    this.#options = options
    this.#now = now
    this.#newKey = newKey
    this.#held = heldIn(options.storage.load())
    this.#wait()
  }

  /** Oldest first. */
  get all(): readonly HeldTap[] {
    return this.#held
  }

  hold(command: Tap): Taken {
    const other = this.#held.find(tap => tap.command.orderId === command.orderId) // U3
    if (other) return { kind: 'taken', key: other.key }
    const tap = { key: this.#newKey(), command, dueMs: this.#now() + UNDO_MS }
    if (!this.#keep([...this.#held, tap])) return { kind: 'refused', code: 'NOT_SAVED' }
    return { kind: 'taken', key: tap.key }
  }

  /** Too late, it does nothing: the tap has gone. */
  undo(key: string): void {
    this.#keep(this.#held.filter(tap => tap.key !== key))
  }

  /** Another page of the same tablet has held or undone one. */
  reread(): void {
    this.#held = heldIn(this.#options.storage.load())
    this.#changed()
  }

  /** Called after `all` has changed. @returns a function that ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Hands nothing on any more; what is held stays in the storage. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  /** U2. What the queue does not take now is tried again: it is full, and will not be for ever. */
  #handOn(): void {
    const due = this.#held.filter(({ dueMs }) => dueMs <= this.#now())
    const gone = due.filter(({ key, command }) => this.#options.send({ ...command, idempotencyKey: key }).kind === 'taken')
    if (gone.length > 0) this.#keep(this.#held.filter(tap => !gone.includes(tap)))
    else this.#wait()
  }

  /** U1. What cannot be saved is not taken. */
  #keep(held: readonly HeldTap[]): boolean {
    try {
      this.#options.storage.save(JSON.stringify(held))
    } catch {
      return false
    }
    this.#held = held
    this.#changed()
    return true
  }

  #changed(): void {
    this.#wait()
    for (const listener of this.#listeners) listener()
  }

  #wait(): void {
    clearTimeout(this.#timer)
    const [first] = this.#held
    if (!first || this.#closed) return
    const nextMs = Math.min(...this.#held.map(({ dueMs }) => dueMs))
    this.#timer = setTimeout(() => this.#handOn(), Math.max(nextMs - this.#now(), LEAST_WAIT_MS))
  }
}

/** Between two tries to hand on. */
const LEAST_WAIT_MS = 50

/** What cannot be read is nothing: a tablet must start, and what was in it can be tapped again. */
const heldIn = (text: string | null | undefined): readonly HeldTap[] => {
  try {
    const read = JSON.parse(text ?? '[]') as unknown
    return Array.isArray(read) ? read.filter(isHeld) : []
  } catch {
    return []
  }
}

const isHeld = ({ key, command, dueMs }: HeldTap): boolean =>
  typeof key === 'string' && typeof dueMs === 'number' && typeof command?.orderId === 'string'
