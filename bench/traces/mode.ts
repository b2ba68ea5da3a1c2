import { OtlpTracing } from '../../server/tracing/otlp-tracing.ts'

/** How much is traced: so many of a hundred. */
export const MODES = ['off', '1%', '100%'] as const
export type Mode = (typeof MODES)[number]

/** Twice as often as in life; much oftener, and each span would pay a request of its own: every 20 ms made 12 % of what is 1. */
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
