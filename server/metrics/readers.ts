import { type Registry, register } from 'prom-client'
import type { WorkFigures } from '../../actors/figures.ts'
import type { Log } from '../../actors/log.ts'
import { gauge, total } from './figure.ts'

export interface ReadersParts {
  readonly nats: { readonly connected: boolean }
  readonly log: Pick<Log, 'backlog'> & { readonly work: readonly WorkFigures[] }
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly registry?: Registry
}

interface Behind {
  readonly work: WorkFigures
  readonly messages: number
  readonly ms: number
}

/** One look at the log serves both figures of a scrape. */
const LOOKED_FOR_MS = 1_000

/**
 * The readers whose position the log keeps, as far as this process shares their work: effects, timers, tells, inbox, notifier. A reader of the same name on
 * two streams is two.
 * R1. How long the oldest message has waited is told from above: it came after the newest that was handed out here, and after the last time
 *     that none waited. Of several processes who share a reader the least is nearest the truth.
 */
export const measureReaders = ({ nats, log, now, registry = register }: ReadersParts): void => {
  const atEnd = new Map<string, number>()
  const began = now()
  let looked: { readonly untilMs: number; readonly behind: Promise<readonly Behind[]> } | undefined

  const behindOf = async (work: WorkFigures): Promise<Behind> => {
    const { stream, durable } = work
    const { pending } = await log.backlog(stream, durable)
    const nowMs = now()
    const key = `${stream} ${durable}`
    if (pending === 0) atEnd.set(key, nowMs)
    const sinceMs = Math.max(atEnd.get(key) ?? began, work.newestMs) // R1
    return { work, messages: pending, ms: pending === 0 ? 0 : Math.max(0, nowMs - sinceMs) }
  }
  const look = (): Promise<readonly Behind[]> => {
    if (looked && now() < looked.untilMs) return looked.behind
    const behind = nats.connected ? Promise.all(log.work.map(behindOf)) : Promise.resolve([])
    looked = { untilMs: now() + LOOKED_FOR_MS, behind }
    return behind
  }
  const labels = ['stream', 'reader'] as const
  const named = ({ stream, durable: reader }: WorkFigures) => ({ stream, reader })

  gauge({
    registry,
    labels,
    name: 'reader_lag_messages',
    help: 'Messages that a reader has not been handed yet; timers: what is due',
    look: async () => (await look()).map(({ work, messages }) => [named(work), messages] as const),
  })
  gauge({
    registry,
    labels,
    name: 'reader_lag_seconds',
    help: 'How long the oldest message that a reader has not been handed has waited, at most',
    look: async () => (await look()).map(({ work, ms }) => [named(work), ms / 1_000] as const),
  })
  gauge({
    registry,
    labels,
    name: 'reader_in_hand',
    help: 'Messages that this process has in hand',
    look: () => log.work.map(work => [named(work), work.inHand] as const),
  })
  total({
    registry,
    labels,
    name: 'reader_done_total',
    help: 'Messages that are settled',
    look: () => log.work.map(work => [named(work), work.done] as const),
  })
  total({
    registry,
    labels,
    name: 'reader_retries_total',
    help: 'Messages that were given back, to come again',
    look: () => log.work.map(work => [named(work), work.retried] as const),
  })
}
