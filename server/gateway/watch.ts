import type { Log } from '../../actors/log.ts'
import { centerOf } from '../../machines/geo.ts'
import type { Verdicts } from '../breakers/verdicts.ts'
import type { Account } from '../contract/account.ts'
import { failsAs } from '../contract/errors.ts'
import type { FiguresView, LagView, OpenOrdersView, WaitingRoomView } from '../contract/watch.ts'
import { requireRole } from './access.ts'
import type { Figures } from './figures.ts'
import type { OpenCount, Reads } from './reads.ts'
import type { WaitingRoom } from './waiting-room.ts'

export interface WatchServices {
  readonly log: Log
  /** Names of all streams. */
  readonly streams: readonly string[]
  readonly reads: Pick<Reads, 'openCounts' | 'position'>
  readonly verdicts: Pick<Verdicts, 'of' | 'word' | 'silentMs'>
  readonly room: Pick<WaitingRoom, 'isBusy'>
  readonly figures: Pick<Figures, 'view'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Streams that PostgreSQL is written from. */
const PROJECTED = ['ORDERS', 'ENTITIES']
/** However many consoles look, the open orders are counted no more often than that. */
const COUNTED_FOR_MS = 2_000
/** A word that is older says nothing of now. */
const HEARD_WITHIN_MS = 5_000

const silent = failsAs('LOG_UNAVAILABLE')
type Reader = LagView['readers'][number]

/** What operators watch. Each call is for them alone. @throws ApiError FORBIDDEN for anybody else, LOG_UNAVAILABLE */
export class Watch {
  readonly #services: WatchServices
  #counted: { readonly untilMs: number; readonly counts: Promise<readonly OpenCount[]> } | undefined

  constructor(services: WatchServices) {
    this.#services = services
  }

  async lag(account: Account): Promise<LagView> {
    requireRole(account, 'ops')
    const { log, streams, reads } = this.#services
    const seen = await Promise.all(
      streams.map(async stream => ({ stream, end: await log.end(stream), backlogs: await log.backlogs(stream) })),
    ).catch(silent)
    const consumers = seen.flatMap(({ stream, backlogs }) =>
      [...backlogs].map(
        ([reader, { pending, inHand, deliveredSeq }]): Reader => ({ reader, stream, position: deliveredSeq, behind: pending, inHand }),
      ),
    )
    const projected = await Promise.all(
      seen
        .filter(({ stream }) => PROJECTED.includes(stream))
        .map(async ({ stream, end }): Promise<Reader> => {
          const position = await reads.position(stream)
          return { reader: 'projector', stream, position, behind: Math.max(0, end - position) }
        }),
    ).catch(() => undefined)
    return {
      streams: seen.map(({ stream, end }) => ({ stream, end })),
      readers: [...consumers, ...(projected ?? [])],
      unknown: projected ? [] : ['projector'],
    }
  }

  async waitingRoom(account: Account): Promise<WaitingRoomView> {
    requireRole(account, 'ops')
    const { log, verdicts, room } = this.#services
    const { openUntil } = verdicts.of('confirm') ?? {}
    const counted = verdicts.silentMs <= HEARD_WITHIN_MS ? verdicts.word?.room : undefined
    const shut = { busy: room.isBusy, ...(openUntil === undefined ? {} : { openUntil }) }
    if (!counted) return { known: false, waiting: 0, perS: 0, ...shut }
    const { pending, perS, deliveredSeq, endSeq } = counted
    const oldest = pending > 0 ? await this.#oldest(log, deliveredSeq, endSeq).catch(silent) : undefined
    return { known: true, waiting: pending, perS, ...shut, ...(oldest ? { oldest } : {}) }
  }

  /** @throws ApiError READ_MODEL_UNAVAILABLE */
  async openOrders(account: Account): Promise<OpenOrdersView> {
    requireRole(account, 'ops')
    const byStatus: { [Status in OpenCount['status']]?: number } = {}
    const byCell = new Map<string, number>()
    for (const { status, cell, orders } of await this.#count().catch(failsAs('READ_MODEL_UNAVAILABLE'))) {
      byStatus[status] = (byStatus[status] ?? 0) + orders
      if (cell !== null) byCell.set(cell, (byCell.get(cell) ?? 0) + orders)
    }
    const cells = [...byCell].sort(([, a], [, b]) => b - a).map(([cell, orders]) => ({ cell, ...centerOf(cell), orders }))
    return { byStatus, cells }
  }

  figures(account: Account): FiguresView {
    requireRole(account, 'ops')
    return this.#services.figures.view()
  }

  /** The first of the payments that nobody has been handed. */
  async #oldest(log: Log, afterSeq: number, upToSeq: number): Promise<WaitingRoomView['oldest']> {
    for await (const [first] of log.between('ORDERS', 'fx.confirmPayment.>', afterSeq, upToSeq))
      if (first) return { orderId: first.subject.split('.')[4] ?? '', since: first.at }
    return undefined
  }

  #count(): Promise<readonly OpenCount[]> {
    const { now, reads } = this.#services
    if (this.#counted && now() < this.#counted.untilMs) return this.#counted.counts
    const counts = reads.openCounts()
    const counted = { untilMs: now() + COUNTED_FOR_MS, counts }
    this.#counted = counted
    counts.catch(() => {
      if (this.#counted === counted) this.#counted = undefined
    })
    return counts
  }
}
