import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { Verdicts } from '../breakers/verdicts.ts'
import type { Room, Word } from '../breakers/word.ts'
import type { Ticket } from '../contract/order-view.ts'

export interface WaitingRoomOptions {
  readonly verdicts: Pick<Verdicts, 'of' | 'word' | 'onWord'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** 0…1. */
  readonly random: () => number
  /** Longer than this nobody is kept at the door, ms: as long as a call waits for its payment. */
  readonly patienceMs: number
}

/** When there is no worker to say how much it can do. */
const ASSUMED_PER_S = 10
/** Nobody is told to ask again sooner, or later. */
const SOONEST_MS = 1_000
const LATEST_MS = 600_000
/** Of what is told, at most so much more by chance: a crowd that was sent away together must not come back together. */
const JITTER = 0.2

/**
 * The people whose payment waits for its turn. Nobody keeps a queue: it is the backlog of `fx.confirmPayment`, taken from in
 * order at the rate that the provider bears, and a place in it is a distance in the log. So it survives whatever the log survives.
 */
export class WaitingRoom {
  readonly #options: WaitingRoomOptions

  constructor(options: WaitingRoomOptions) {
    this.#options = options
  }

  /** Whether a payment that came now would have to wait longer than its customer is kept at the door. */
  get isBusy(): boolean {
    const { verdicts, patienceMs } = this.#options
    const verdict = verdicts.of('confirm')
    if (verdict?.state === 'open' || verdict?.probing) return true
    const room = verdicts.word?.room
    return room !== undefined && waitMs(room.pending, room) > patienceMs
  }

  /** The place of an order whose payment waits; undefined when it does not. @param stored its newest record */
  ticketOf(stored: Pick<Stored<ActorRecord>, 'seq' | 'body'>): Ticket | undefined {
    const { order, payment } = orderRegions(stored.body.state)
    if (order !== 'paymentWaiting' || payment !== 'confirming') return undefined
    const { verdicts, now, random } = this.#options
    const position = placeOf(stored.seq, verdicts.word)
    const { openUntil } = verdicts.of('confirm') ?? {}
    const shutMs = openUntil === undefined ? 0 : Math.max(0, Date.parse(openUntil) - now())
    const untilMs = shutMs + waitMs(position, verdicts.word?.room)
    const retryAfterMs = Math.round(Math.min(LATEST_MS, Math.max(SOONEST_MS, untilMs)) * (1 + JITTER * random()))
    return { position, retryAfterMs, expiresAt: orderContext(stored.body.state).waitBy ?? '' }
  }

  /** Calls whenever places may have moved, twice a second. @returns a function that ends it */
  onMove(listener: () => void): () => void {
    return this.#options.verdicts.onWord(listener)
  }
}

const waitMs = (ahead: number, room: Pick<Room, 'perS'> | undefined): number =>
  (ahead * 1_000) / (room && room.perS > 0 ? room.perS : ASSUMED_PER_S)

/** From 1. What lies between the newest that was handed out and this one is taken to be spread evenly over that stretch of the log. */
const placeOf = (seq: number, word: Word | undefined): number => {
  const room = word?.room
  if (!room || seq <= room.deliveredSeq) return 1
  const stretch = Math.max(1, room.endSeq - room.deliveredSeq)
  return Math.max(1, Math.ceil(room.pending * Math.min(1, (seq - room.deliveredSeq) / stretch)))
}
