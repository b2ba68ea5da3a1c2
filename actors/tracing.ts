import type { Command, Reply } from './envelope.ts'
import { eventName } from './event-name.ts'
import type { Settled, Stored } from './log.ts'

/**
 * A span as what follows from it names it, W3C's `traceparent`: `00-<trace>-<span>-01`. It goes along with commands and with all that is written,
 * in a header of its own. Of what is not sampled there is none: its absence is the whole decision, and costs nothing anywhere.
 */
export type Trace = string

export type Attributes = Readonly<Record<string, string | number | undefined>>

export interface SpanStart {
  /** Out of a known set: kinds, events, routes. Never an id. */
  readonly name: string
  /** Which end of a way between processes it is; absent: work inside of one. */
  readonly side?: 'server' | 'client' | 'consumer' | 'producer'
  /** Ids may stand here, and nothing else of a person's. */
  readonly attributes?: Attributes
}

export interface SpanEnd {
  /** What it is called after all: a route is known when it has been found. */
  readonly name?: string
  readonly attributes?: Attributes
  /** Why it counts as failed. A refusal is none. */
  readonly failed?: string
}

export interface Span {
  readonly trace: Trace
  end(end?: SpanEnd): void
}

/** The port to whoever keeps spans (`server/tracing/`). Nothing here waits, and nothing throws. */
export interface Tracer {
  /** Somebody comes in at a door, where it is drawn whether the trace is kept. @param from as he sent it */
  enter(start: SpanStart, from?: string): Span | undefined
  /** A part of it. Undefined for what is no trace. */
  within(trace: Trace, start: SpanStart): Span | undefined
  /** A trace of its own, kept like the one that it names as its reason: for what comes hours later. */
  after(trace: Trace, start: SpanStart): Span | undefined
}

/** For whatever is sent, or written, because of it; nothing when nothing is traced. */
export const along = (traced: { readonly trace?: Trace } | undefined): { readonly trace?: Trace } =>
  traced?.trace === undefined ? {} : { trace: traced.trace }

/** For log lines. */
export const traceId = (traced: { readonly trace?: Trace | undefined } | undefined): { readonly traceId?: string } =>
  traced?.trace === undefined ? {} : { traceId: traced.trace.split('-')[1] ?? '' }

/** @param prefix what is done with it */
export const spanOfCommand = (prefix: string, side: 'server' | 'client', { address, event, correlationId }: Command): SpanStart => ({
  name: `${prefix} ${address.kind}.${eventName(event.type)}`,
  side,
  attributes: { 'actor.kind': address.kind, 'actor.id': address.id, 'correlation.id': correlationId },
})

export const endOfReply = (reply: Reply): SpanEnd => {
  switch (reply.kind) {
    case 'moved':
      return { attributes: { reply: 'moved', version: reply.version } }
    case 'refused':
      return { attributes: { reply: reply.code, version: reply.version } }
    case 'failed':
      return { attributes: { reply: reply.code }, failed: reply.code }
  }
}

type Handler<T> = (message: Stored<T>, attempt: number) => Promise<Settled>

/**
 * A handler each of whose messages is a span, of the trace that it was written in; what is handed on carries that span.
 * @param relation `within`: the work is part of that trace. `after`: it came to be long before.
 */
export const handling = <T>(
  tracer: Tracer | undefined,
  name: string,
  handle: Handler<T>,
  relation: 'within' | 'after' = 'within',
): Handler<T> => {
  if (!tracer) return handle
  return async (message, attempt) => {
    const span =
      message.trace && tracer[relation](message.trace, { name, side: 'consumer', attributes: { subject: message.subject, attempt } })
    if (!span) return handle(message, attempt)
    try {
      const settled = await handle({ ...message, trace: span.trace }, attempt)
      span.end({ attributes: { settled: settled.kind } })
      return settled
    } catch (error) {
      span.end({ failed: String(error) })
      throw error
    }
  }
}
