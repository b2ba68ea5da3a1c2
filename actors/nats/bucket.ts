import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream'
import { type KV, Kvm, type KvOptions } from '@nats-io/kv'
import type { Bucket } from '../bucket.ts'
import { patiently } from './patience.ts'
import { newestOf } from './read.ts'

/** A bucket on JetStream's key-value store. One kept in memory is gone with the server: it is made anew when it is missed. */
export class NatsBucket<T> implements Bucket<T> {
  readonly #js: JetStreamClient
  readonly #jsm: JetStreamManager
  readonly #name: string
  readonly #open: () => Promise<KV>
  #kv: KV

  private constructor(js: JetStreamClient, jsm: JetStreamManager, name: string, kv: KV, open: () => Promise<KV>) {
    this.#js = js
    this.#jsm = jsm
    this.#name = name
    this.#kv = kv
    this.#open = open
  }

  static async open<T>(js: JetStreamClient, name: string, options: Partial<KvOptions>): Promise<NatsBucket<T>> {
    const open = (): Promise<KV> => new Kvm(js).create(name, options)
    return new NatsBucket<T>(js, await js.jetstreamManager(false), name, await patiently(open), open)
  }

  create(key: string, value: T): Promise<boolean> {
    return this.#healing(async kv => {
      try {
        await kv.create(key, JSON.stringify(value))
        return true
      } catch (error) {
        if (error instanceof Error && /wrong last sequence/i.test(error.message)) return false
        throw error
      }
    })
  }

  async put(key: string, value: T): Promise<void> {
    await this.#healing(kv => kv.put(key, JSON.stringify(value)))
  }

  async get(key: string): Promise<T | undefined> {
    const entry = await this.#healing(kv => kv.get(key))
    return entry?.operation === 'PUT' ? entry.json<T>() : undefined
  }

  delete(key: string): Promise<void> {
    return this.#healing(kv => kv.delete(key))
  }

  find(patterns: string | readonly string[]): Promise<ReadonlyMap<string, T>> {
    const prefix = `$KV.${this.#name}.`
    const subjects = (typeof patterns === 'string' ? [patterns] : patterns).map(pattern => prefix + pattern)
    return this.#healing(async () => {
      const found = new Map<string, T>()
      if (subjects.length === 0) return found
      // One direct get. `kv.keys()` would leave a consumer behind at each call, for five minutes: hosts look twice a second.
      for await (const { subject, body } of newestOf<T>(this.#jsm, this.#js, `KV_${this.#name}`, subjects))
        found.set(subject.slice(prefix.length), body)
      return found
    })
  }

  all(): Promise<ReadonlyMap<string, T>> {
    return this.find('>')
  }

  /** Once more on a bucket made anew, whatever the reason was: opening one that exists changes nothing. */
  async #healing<Result>(act: (kv: KV) => Promise<Result>): Promise<Result> {
    try {
      return await act(this.#kv)
    } catch {
      this.#kv = await this.#open()
      return await act(this.#kv)
    }
  }
}
