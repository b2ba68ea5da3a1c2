import { type NatsConnection, NoRespondersError, RequestError } from '@nats-io/transport-node'
import type { Command, Reply } from '../envelope.ts'
import type { Subscription } from '../log.ts'
import { SHARDS } from '../shards.ts'
import { cmdSubject } from '../subjects.ts'
import type { Asked, Wire } from '../wire.ts'

/** Commands over core NATS request/reply, one subject a shard, hosts in a queue group. */
export class NatsWire implements Wire {
  readonly #nc: NatsConnection

  constructor(nc: NatsConnection) {
    this.#nc = nc
  }

  async serve(kind: string, shards: readonly number[], handler: (command: Command) => Promise<Reply>): Promise<Subscription> {
    // A host that holds all shards needs one subscription, not 64.
    const subjects = shards.length === SHARDS ? [`cmd.${kind}.*`] : shards.map(shard => `cmd.${kind}.${shard}`)
    const inHand = new Set<Promise<void>>()
    const subscriptions = subjects.map(subject =>
      this.#nc.subscribe(subject, {
        queue: 'hosts',
        callback: (error, message) => {
          if (error) return
          const done: Promise<void> = answer(message.json<Command>(), handler)
            .then(reply => void message.respond(JSON.stringify(reply)))
            .finally(() => inHand.delete(done))
          inHand.add(done)
        },
      }),
    )
    await this.#nc.flush()
    return {
      stop: async () => {
        await Promise.all(subscriptions.map(subscription => subscription.drain()))
        await Promise.all(inHand)
      },
    }
  }

  async ask(command: Command, timeoutMs: number): Promise<Asked> {
    try {
      const answered = await this.#nc.request(cmdSubject(command.address), JSON.stringify(command), { timeout: timeoutMs })
      return { kind: 'answered', reply: answered.json<Reply>() }
    } catch (error) {
      const nobody = error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders())
      return { kind: nobody ? 'nobody' : 'silent' }
    }
  }
}

const answer = async (command: Command, handler: (command: Command) => Promise<Reply>): Promise<Reply> => {
  try {
    return await handler(command)
  } catch (error) {
    return { kind: 'failed', code: 'MACHINE_FAILED', retry: false, message: String(error) }
  }
}
