import type { KV } from '@nats-io/kv'
import type { Bucket } from '../bucket.ts'

export class NatsBucket<T> implements Bucket<T> {
  readonly #kv: KV

  constructor(kv: KV) {
    this.#kv = kv
  }

  async create(key: string, value: T): Promise<boolean> {
    try {
      await this.#kv.create(key, JSON.stringify(value))
      return true
    } catch (error) {
      if (error instanceof Error && /wrong last sequence/i.test(error.message)) return false
      throw error
    }
  }

  async put(key: string, value: T): Promise<void> {
    await this.#kv.put(key, JSON.stringify(value))
  }

  async get(key: string): Promise<T | undefined> {
    const entry = await this.#kv.get(key)
    return entry?.operation === 'PUT' ? entry.json<T>() : undefined
  }

  async delete(key: string): Promise<void> {
    await this.#kv.delete(key)
  }
}
