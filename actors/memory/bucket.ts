import type { Bucket } from '../bucket.ts'
import type { Clock } from '../clock.ts'
import { matches } from '../subjects.ts'

export class MemoryBucket<T> implements Bucket<T> {
  readonly #clock: Clock
  readonly #ttlMs: number
  readonly #values = new Map<string, { readonly value: T; readonly untilMs: number }>()

  constructor(clock: Clock, ttlMs: number) {
    this.#clock = clock
    this.#ttlMs = ttlMs
  }

  async create(key: string, value: T): Promise<boolean> {
    if (this.#live(key) !== undefined) return false
    this.#set(key, value)
    return true
  }

  async put(key: string, value: T): Promise<void> {
    this.#set(key, value)
  }

  async get(key: string): Promise<T | undefined> {
    return this.#live(key)
  }

  async delete(key: string): Promise<void> {
    this.#values.delete(key)
  }

  async find(patterns: string | readonly string[]): Promise<ReadonlyMap<string, T>> {
    const wanted = typeof patterns === 'string' ? [patterns] : patterns
    const alive = [...this.#values].filter(([, { untilMs }]) => untilMs > this.#clock.now())
    return new Map(alive.filter(([key]) => wanted.some(pattern => matches(pattern, key))).map(([key, { value }]) => [key, value]))
  }

  all(): Promise<ReadonlyMap<string, T>> {
    return this.find('>')
  }

  #set(key: string, value: T): void {
    this.#values.set(key, { value, untilMs: this.#clock.now() + this.#ttlMs })
  }

  #live(key: string): T | undefined {
    const found = this.#values.get(key)
    return found && found.untilMs > this.#clock.now() ? found.value : undefined
  }
}
