/** What a client asked for, and what it was told in the end. Times are milliseconds since 1970. */
export interface Asked {
  /** As the gateway makes it from account and key: what the record must carry. */
  readonly commandId: string
  readonly orderId: string
  readonly name: string
  readonly by: string
  readonly askedAt: number
  /** Of the last answer. */
  readonly answeredAt: number
  readonly tries: number
  readonly answer: Answer
}

/** `unknown`: no answer came, or only errors that promise nothing. */
export type Answer =
  | { readonly kind: 'moved'; readonly version: number; readonly status: string }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown'; readonly code: string }

/** A record as the log has it: the fields that the checks look at, and the state as it is. */
export interface Logged {
  readonly seq: number
  /** When the log took it. */
  readonly at: number
  readonly orderId: string
  readonly version: number
  readonly commandId: string
  readonly event: string
  readonly by: { readonly role: string; readonly id: string }
  /** The host's clock, ISO 8601. */
  readonly decidedAt: string
  readonly state: { readonly value: Regions; readonly context: Context }
}
export interface Regions {
  readonly order: string
  readonly payment: string
  readonly refund: string
}
export interface Context {
  readonly total: number
  readonly paymentKey?: string
  readonly approvedAt?: string
  readonly rider?: { readonly id: string } | undefined
}

/** A payment in the provider's book. `confirms` counts the times that money moved. */
export interface Payment {
  readonly paymentKey: string
  readonly status: string
  readonly amount: number
  readonly balanceAmount: number
  readonly confirms: number
  readonly cancels: readonly { readonly cancelAmount: number }[]
}

/** A row of the read model. */
export interface Row {
  readonly orderId: string
  readonly version: number
  readonly status: string
  readonly payment: string
  readonly refund: string
  readonly state: unknown
}
/** A line of the read model's timeline. */
export interface Line {
  readonly orderId: string
  readonly version: number
  readonly commandId: string
  readonly status: string
  readonly at: string
}

/** What a socket client shows at the end. */
export interface Shown {
  readonly client: string
  readonly orderId: string
  readonly version: number
  readonly status: string
  readonly refund: string
  /** Who brings it, as it is shown. */
  readonly rider?: string
}

/** A client was told an older version than it, or the answer to somebody's finished command, had before. */
export interface Backwards {
  readonly client: string
  readonly orderId: string
  readonly from: number
  readonly to: number
}

/** Everything that the checker looks at, collected when the faults have stopped and all is quiet. */
export interface Evidence {
  readonly asked: readonly Asked[]
  /** Every order's records, in log order. */
  readonly log: readonly Logged[]
  readonly ledger: ReadonlyMap<string, readonly Payment[]>
  readonly rows: readonly Row[]
  readonly lines: readonly Line[]
  readonly shown: readonly Shown[]
  readonly backwards: readonly Backwards[]
  /** Clients that did not come back after the last fault. */
  readonly away: readonly string[]
}

/** Something that may not be. */
export interface Violation {
  readonly orderId: string
  readonly rule: string
  readonly evidence: string
}
