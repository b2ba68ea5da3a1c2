import type { Attributes, Span, SpanEnd, SpanStart, Trace, Tracer } from '../../actors/tracing.ts'

export interface Remembered {
  readonly name: string
  readonly trace: Trace
  readonly within?: Trace
  readonly after?: Trace
  attributes: Attributes
  failed?: string
  ended: boolean
}

/** A tracer that keeps its spans to itself. */
export class RememberingTracer implements Tracer {
  readonly spans: Remembered[] = []

  enter(start: SpanStart): Span {
    return this.#begin(start, {})
  }
  within(within: Trace, start: SpanStart): Span {
    return this.#begin(start, { within })
  }
  after(after: Trace, start: SpanStart): Span {
    return this.#begin(start, { after })
  }

  /** The newest of that name. */
  named(name: string): Remembered | undefined {
    return this.spans.findLast(span => span.name === name)
  }

  /** Names from a span up to where its trace began. */
  wayTo(name: string): string[] {
    const way: string[] = []
    for (let span = this.named(name); span; span = this.spans.find(({ trace }) => trace === span?.within)) way.push(span.name)
    return way.reverse()
  }

  #begin({ name, attributes = {} }: SpanStart, place: Pick<Remembered, 'within' | 'after'>): Span {
    const id = String(this.spans.length + 1).padStart(16, '0')
    const [, traceId = id.padStart(32, '0')] = place.within?.split('-') ?? []
    const span: Remembered = { name, trace: `00-${traceId}-${id}-01`, ...place, attributes, ended: false }
    this.spans.push(span)
    return {
      trace: span.trace,
      end: ({ attributes, failed }: SpanEnd = {}) => {
        Object.assign(span, { attributes: { ...span.attributes, ...attributes }, ended: true, ...(failed === undefined ? {} : { failed }) })
      },
    }
  }
}
