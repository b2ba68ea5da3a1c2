import { OtlpTracing } from '../../server/tracing/otlp-tracing.ts'

/** How much is traced: so many of a hundred. */
export type Mode = 'off' | '1%' | '100%'

/**
 * Twice as often as in life. It is the request to the collector that costs, hardly the spans in it, so a turn must be as long as several: with one
 * for 0.6 s of commands 1 % seemed to cost 12.
 */
const EVERY_MS = 1_000
/** By then they are gone, so that their cost falls into the turn that they belong to. */
export const HANDED_OVER_MS = 1_100

/** As a process of the house opens it. @param collector its origin */
export const tracingOf = (mode: Mode, collector: string, name: string): OtlpTracing =>
  new OtlpTracing({
    endpoint: collector,
    ratio: Number.parseInt(mode, 10) / 100,
    followsCallers: false,
    service: { name, instance: String(process.pid), version: 'bench' },
    now: Date.now,
    random: Math.random,
    logger: { warn: (line: object) => console.error(name, line) },
    everyMs: EVERY_MS,
  })
