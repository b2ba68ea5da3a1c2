import type { Msg, NatsConnection } from '@nats-io/transport-node'
import type { Command, Reply } from '../envelope.ts'
import type { Subscription } from '../log.ts'
import { cmdSubject } from '../subjects.ts'
import type { Asked, Wire } from '../wire.ts'
import { TRACEPARENT } from './headers.ts'
import { isInbox } from './inboxes.ts'
import { jsonOf } from './json.ts'
import type { Questions } from './questions.ts'

/** Commands over core NATS request/reply, one subject a shard, hosts in a queue group. */
export class NatsWire implements Wire {
  readonly #nc: NatsConnection
  readonly #questions: Questions

  constructor(nc: NatsConnection, questions: Questions) {
    this.#nc = nc
    this.#questions = questions
  }

  async serve(kind: string, shards: readonly number[], handler: (command: Command) => Promise<Reply>): Promise<Subscription> {
    const subjects = shards.map(shard => `cmd.${kind}.${shard}`)
    const inHand = new Set<Promise<void>>()
    const subscriptions = subjects.map(subject =>
      this.#nc.subscribe(subject, {
        queue: 'hosts',
        callback: (error, message) => {
          if (error || !isInbox(message.reply)) return
          const done: Promise<void> = answer(commandIn(message), handler)
            .then(reply => void message.respond(Buffer.from(JSON.stringify(reply))))
            .catch(() => undefined) // the connection is closing: the caller asks again
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
    const { address, trace } = command
    const body = JSON.stringify(trace === undefined ? command : { ...command, trace: undefined })
    const answer = await this.#questions.ask(cmdSubject(address), body, timeoutMs, trace)
    if (answer.kind !== 'answered') return answer
    const reply = jsonOf<Reply>(answer.message)
    return reply ? { kind: 'answered', reply } : { kind: 'silent' }
  }
}

/** Headers are looked at only where there are some: the client takes them apart letter by letter. */
const commandIn = (message: Msg): Command | undefined => {
  const command = jsonOf<Command>(message)
  const trace = message.headers?.get(TRACEPARENT)
  return command && trace ? { ...command, trace } : command
}

const answer = async (command: Command | undefined, handler: (command: Command) => Promise<Reply>): Promise<Reply> => {
  if (command === undefined) return { kind: 'failed', code: 'BAD_COMMAND', retry: false, message: 'no JSON' }
  try {
    return await handler(command)
  } catch (error) {
    return { kind: 'failed', code: 'MACHINE_FAILED', retry: false, message: String(error) }
  }
}
