import type { Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { Span, Tracer } from '../../actors/tracing.ts'

/** What a record's pushes look like in its trace: one span for all the sockets of this gateway, open while they are told, which is one turn of the event loop. */
export class PushSpans {
  readonly #tracer: Tracer | undefined
  /** A record that several subscriptions bring is one and the same here. */
  readonly #begun = new WeakMap<Stored<ActorRecord>, { sockets: number }>()

  constructor(tracer: Tracer | undefined) {
    this.#tracer = tracer
  }

  /** One socket more is told of it. */
  note(stored: Stored<ActorRecord>): void {
    if (stored.trace === undefined || !this.#tracer) return
    const begun = this.#begun.get(stored)
    if (begun) begun.sockets++
    else this.#begin(stored, this.#tracer.within(stored.trace, { name: 'push order', side: 'producer', attributes: attributesOf(stored) }))
  }

  #begin(stored: Stored<ActorRecord>, span: Span | undefined): void {
    if (!span) return
    const told = { sockets: 1 }
    this.#begun.set(stored, told)
    setImmediate(() => span.end({ attributes: told }))
  }
}

const attributesOf = ({ body: { id, version } }: Stored<ActorRecord>) => ({ 'actor.id': id, version })
