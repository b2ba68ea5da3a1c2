/** What a stream held when it was copied, in the words of its server. */
export interface StreamState {
  readonly messages: number
  readonly bytes: number
  readonly first_seq: number
  readonly last_seq: number
  readonly consumer_count: number
}

/** What a server must be told of a stream before it takes a copy of it back. */
export interface StreamFacts {
  readonly config: StreamConfig
  readonly state: StreamState
}

export interface StreamConfig {
  readonly name: string
  readonly storage: 'file' | 'memory'
  /** Nanoseconds; 0: for ever. */
  readonly max_age: number
  readonly num_replicas: number
  readonly [setting: string]: unknown
}

/**
 * Copies of whole streams, buckets and consumers with their positions among them, as the server itself makes them.
 * There is no twin of it in memory: what is copied are the server's own blocks.
 */
export interface Snapshots {
  /** As the NATS CLI calls the file of such a copy; the format is the server's. */
  readonly dataFile: string
  /** Of the server: `2.15.1`. */
  readonly version: string
  /** Every stream there is, by name. */
  list(): Promise<readonly StreamFacts[]>
  /**
   * A copy as of one instant, while the stream is written on; the server checks each message on the way.
   * @param write is not called again before it is done
   * @throws Error when the server ends it early, is silent, or a part of it was lost: what was written is worth nothing
   */
  take(stream: string, write: (chunk: Uint8Array) => Promise<unknown>, signal?: AbortSignal): Promise<StreamFacts>
  /**
   * Makes the stream that a copy is of.
   * @returns what it holds now: what has grown too old meanwhile is gone
   * @throws Error when there is one of this name, or the copy is broken: no stream was made
   */
  putBack(stream: StreamFacts, chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<StreamFacts>
  /** Removes a stream with all that is in it. */
  remove(stream: string): Promise<void>
}
