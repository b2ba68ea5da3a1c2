import type { Command, Reply } from '../../actors/envelope.ts'
import type { Subscription } from '../../actors/log.ts'
import type { Asked, Wire } from '../../actors/wire.ts'
import type { Gate } from './scheduled-log.ts'

/** A wire that delivers in the order the scheduler picks, and remembers what everybody was told. */
export class ScheduledWire implements Wire {
  readonly #wire: Wire
  readonly #gate: Gate
  readonly answers: { readonly command: Command; readonly reply: Reply }[] = []
  /** Questions without an answer so far. */
  open = 0

  constructor(wire: Wire, gate: Gate) {
    this.#wire = wire
    this.#gate = gate
  }

  serve(kind: string, shards: readonly number[], handler: (command: Command) => Promise<Reply>): Promise<Subscription> {
    return this.#wire.serve(kind, shards, handler)
  }

  async ask(command: Command, timeoutMs: number): Promise<Asked> {
    this.open++
    try {
      await this.#gate(`deliver ${command.commandId}`)
      const asked = await this.#wire.ask(command, timeoutMs)
      if (asked.kind === 'answered') this.answers.push({ command, reply: asked.reply })
      return asked
    } finally {
      this.open--
    }
  }
}
