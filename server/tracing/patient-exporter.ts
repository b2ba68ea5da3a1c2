import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import type { Logger } from 'pino'

export interface ExporterOptions {
  readonly url: string
  readonly now: () => number
  readonly logger: Pick<Logger, 'warn'>
}

/** A collector that takes longer is given up, and what it was sent is lost; within this it is asked again with growing pauses. */
const TIMEOUT_MS = 5_000
/** A collector that is away for a night is not worth a line every two seconds. */
const TOLD_EVERY_MS = 60_000

type Export = OTLPTraceExporter['export']

/** OpenTelemetry's exporter, and a line in our own log, once a minute, while the collector does not take what it is sent. */
export class PatientExporter extends OTLPTraceExporter {
  readonly #options: ExporterOptions
  #lost = 0
  #toldMs = Number.NEGATIVE_INFINITY

  constructor(options: ExporterOptions) {
    super({ url: options.url, timeoutMillis: TIMEOUT_MS })
    this.#options = options
  }

  override export(spans: Parameters<Export>[0], done: Parameters<Export>[1]): void {
    super.export(spans, result => {
      if (result.code !== 0) this.#note(spans.length, result.error)
      done(result)
    })
  }

  #note(lost: number, err: Error | undefined): void {
    const { now, logger } = this.#options
    this.#lost += lost
    if (now() - this.#toldMs < TOLD_EVERY_MS) return
    logger.warn({ lost: this.#lost, err }, 'the collector of traces does not take them')
    this.#toldMs = now()
    this.#lost = 0
  }
}
