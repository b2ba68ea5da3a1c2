/** How a process fares with NATS, in plain numbers. */
export interface NatsFigures {
  /** Connections that broke and were made again. */
  readonly reconnects: number
  /** What the server did not let this process do, by operation. */
  readonly denied: { readonly publish: number; readonly subscription: number }
  readonly messagesIn: number
  readonly messagesOut: number
  readonly bytesIn: number
  readonly bytesOut: number
}

/** What this process has done of one durable consumer's work. */
export interface WorkFigures {
  readonly stream: string
  readonly durable: string
  /** In hand now. */
  readonly inHand: number
  readonly done: number
  /** Given back, to come again. */
  readonly retried: number
  /** When the log took the newest message that was handed out here, in ms since 1970; 0: none was. */
  readonly newestMs: number
}

/** How full a stream is. */
export interface StreamFigures {
  readonly stream: string
  readonly messages: number
  readonly bytes: number
}
