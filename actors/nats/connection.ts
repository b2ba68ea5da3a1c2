import type { Bucket } from '../bucket.ts'
import type { Log } from '../log.ts'
import type { Wire } from '../wire.ts'

/** Everything a process needs of NATS, behind our own ports. */
export interface Nats {
  readonly log: Log
  readonly wire: Wire
  /** Core publish, not stored: rider positions. Subjects `pos.<cell>.<riderId>`. */
  announce(subject: string, body: unknown): void
  /** Core subscription to what `announce` sends. */
  hear<T>(subjects: string | readonly string[], handler: (subject: string, body: T) => void): { stop(): void }
  /** A bucket whose values live `ttlMs`. `memory` costs no disk and forgets when the server restarts; `file` does not. */
  bucket<T>(name: string, options: { readonly ttlMs: number; readonly storage: 'memory' | 'file' }): Promise<Bucket<T>>
  /** Creates the declared streams, or updates them to the declaration. */
  ensureStreams(declarations: readonly { readonly name: string }[]): Promise<void>
  /** True while connected. */
  readonly connected: boolean
  /** Sends what is buffered, then leaves. */
  close(): Promise<void>
}

export interface NatsOptions {
  /** One or more, comma separated. */
  readonly url: string
  /** Shown by `nats server report connections`. */
  readonly name: string
}

/** Connects, and keeps reconnecting for ever. @throws when the first connection cannot be made within 10 s. */
export const connectNats = (_options: NatsOptions): Promise<Nats> => {
  throw new Error('not yet')
}
