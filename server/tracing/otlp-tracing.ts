import { setTimeout as pause } from 'node:timers/promises'
import { trace as api, type Context, ROOT_CONTEXT, type SpanContext, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import type { Span, SpanEnd, SpanStart, Trace, Tracer } from '../../actors/tracing.ts'
import { PatientExporter } from './patient-exporter.ts'

export interface TracingOptions {
  /** The collector's origin, `http://127.0.0.1:4318`; spans go to `/v1/traces` there. */
  readonly endpoint: string
  /** The share of what comes in at a door that is kept, 0…1. */
  readonly ratio: number
  /** Whoever comes in with a trace has decided already. For doors behind a proxy of ours that begins traces. */
  readonly followsCallers: boolean
  readonly service: { readonly name: string; readonly instance: string; readonly version: string }
  readonly now: () => number
  /** 0…1 */
  readonly random: () => number
  readonly logger: Pick<Logger, 'warn'>
  /** Handed over at least so often, ms, default 2,000. */
  readonly everyMs?: number
}

/** Spans that wait; those beyond are lost: at 1 % of 400 orders/s a second makes some 100. */
const MOST_WAITING = 4_096
/** What is left is handed over on leaving, within this: processes that leave one after the other have ten seconds in all. */
const LAST_WORDS_MS = 1_000

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER, producer: SpanKind.PRODUCER } as const

/**
 * Spans by OpenTelemetry's own SDK, handed to a collector over OTLP. This folder is loaded in processes that trace, and in no others.
 * O1. A door draws before anything is made: what is not kept has cost one random number. O2. Everything within follows its trace, and draws
 * nothing. O3. Nobody waits for the collector; what it does not take in time is lost, and only that.
 */
export class OtlpTracing implements Tracer {
  readonly #options: TracingOptions
  readonly #provider: TracerProvider
  readonly #spans: ReturnType<TracerProvider['getTracer']>

  constructor(options: TracingOptions) {
    const { endpoint, service, everyMs = 2_000, now, logger } = options
    this.#options = options
    const exporter = new PatientExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, now, logger })
    this.#provider = new TracerProvider({
      resource: defaultResource().merge(
        resourceFromAttributes({
          'service.namespace': 'baedal',
          'service.name': service.name,
          'service.instance.id': service.instance,
          'service.version': service.version,
        }),
      ),
      spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize: MOST_WAITING, scheduledDelayMillis: everyMs })],
    })
    this.#spans = this.#provider.getTracer('baedal', service.version)
  }

  enter(start: SpanStart, from?: string): Span | undefined {
    const { followsCallers, random, ratio } = this.#options
    const caller = followsCallers && from !== undefined ? parse(from) : undefined
    if (caller) return isSampled(caller) ? this.#begin(start, childOf(caller)) : undefined
    return random() < ratio ? this.#begin(start, ROOT_CONTEXT) : undefined // O1
  }

  within(trace: Trace, start: SpanStart): Span | undefined {
    const parent = parse(trace)
    return parent && isSampled(parent) ? this.#begin(start, childOf(parent)) : undefined // O2
  }

  after(trace: Trace, start: SpanStart): Span | undefined {
    const reason = parse(trace)
    return reason && isSampled(reason) ? this.#begin(start, ROOT_CONTEXT, reason) : undefined // O2
  }

  /** Hands over what is left, unless that takes too long. */
  async stop(): Promise<void> {
    await Promise.race([this.#provider.shutdown().catch(() => undefined), pause(LAST_WORDS_MS, undefined, { ref: false })])
  }

  #begin({ name, side, attributes = {} }: SpanStart, context: Context, reason?: SpanContext): Span {
    const kind = side ? KINDS[side] : SpanKind.INTERNAL
    const span = this.#spans.startSpan(name, { kind, attributes, ...(reason ? { links: [{ context: reason }] } : {}) }, context)
    const { traceId, spanId } = span.spanContext()
    return {
      trace: `00-${traceId}-${spanId}-01`,
      end: ({ name, attributes, failed }: SpanEnd = {}) => {
        if (name !== undefined) span.updateName(name)
        if (attributes) span.setAttributes(attributes)
        if (failed !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failed })
        span.end()
      },
    }
  }
}

const childOf = (parent: SpanContext): Context => api.setSpanContext(ROOT_CONTEXT, parent)
const isSampled = ({ traceFlags }: SpanContext): boolean => (traceFlags & TraceFlags.SAMPLED) !== 0

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/

/** Undefined for what is no `traceparent`: anybody may write a header. */
const parse = (trace: Trace): SpanContext | undefined => {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(trace) ?? []
  return traceId && spanId && flags ? { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true } : undefined
}
