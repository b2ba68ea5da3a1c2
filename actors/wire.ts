import type { Command, Reply } from './envelope.ts'
import type { Subscription } from './log.ts'

/** The port by which commands reach hosts. Nothing is stored; a caller without an answer asks again. Twins: `nats/wire.ts`, `memory/wire.ts`. */
export interface Wire {
  /** Answers commands for these shards of a kind. Several may serve one shard: each command reaches one of them. */
  serve(kind: string, shards: readonly number[], handler: (command: Command) => Promise<Reply>): Promise<Subscription>
  /** `nobody`: no host serves the shard. `silent`: one does, and did not answer in time; whether it acted is unknown. */
  ask(command: Command, timeoutMs: number): Promise<Asked>
}
export type Asked = { readonly kind: 'answered'; readonly reply: Reply } | { readonly kind: 'nobody' } | { readonly kind: 'silent' }
