import type { Command, Reply } from '../envelope.ts'
import type { Subscription } from '../log.ts'
import { shardOf } from '../shards.ts'
import type { Asked, Wire } from '../wire.ts'

/** Commands in one process. What passes is copied through JSON, as a wire would. */
export class MemoryWire implements Wire {
  readonly #served = new Map<string, ((command: Command) => Promise<Reply>)[]>()
  #turn = 0

  async serve(kind: string, shards: readonly number[], handler: (command: Command) => Promise<Reply>): Promise<Subscription> {
    const keys = shards.map(shard => `${kind}.${shard}`)
    for (const key of keys) this.#served.set(key, [...(this.#served.get(key) ?? []), handler])
    return {
      stop: async () => {
        for (const key of keys)
          this.#served.set(
            key,
            (this.#served.get(key) ?? []).filter(other => other !== handler),
          )
      },
    }
  }

  async ask(command: Command): Promise<Asked> {
    const handlers = this.#served.get(`${command.address.kind}.${shardOf(command.address.id)}`) ?? []
    const handler = handlers[this.#turn++ % Math.max(1, handlers.length)]
    if (!handler) return { kind: 'nobody' }
    const reply = await handler(JSON.parse(JSON.stringify(command)) as Command)
    return { kind: 'answered', reply: JSON.parse(JSON.stringify(reply)) as Reply }
  }
}
