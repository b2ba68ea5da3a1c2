import { Live } from '../../clients/shared/live.ts'
import { orderIdOf } from '../../server/gateway/fingerprint.ts'
import { mealFrom, placeIn, type Town } from '../trade/town.ts'
import { Metronome } from './metronome.ts'

export interface PayersParts {
  readonly origin: string
  readonly towns: readonly Town[]
  readonly tokens: Readonly<Record<string, string>>
}

/** One order as the app of its customer saw it. Milliseconds since 1970. */
export interface Offered {
  readonly orderId: string
  /** When it was to be placed, whatever kept us from doing so. */
  readonly dueMs: number
  readonly answeredMs: number
  /** Its status in the answer, or the code of a refusal; NO_ANSWER after 15 s. */
  readonly answer: string
  readonly ok: boolean
}

interface Payer {
  readonly id: string
  readonly town: Town
  readonly live: Live
}

/**
 * The crowd that wants to pay: each order with its payment key in one call, at a given rate, whether or not those before have been
 * answered. It never asks again and never looks: what it must know it is told.
 */
export class Payers {
  readonly offered: Offered[] = []
  tickets = 0
  readonly #payers: Payer[] = []
  readonly #run = Math.random().toString(36).slice(2, 8)
  readonly #under = new Set<Promise<void>>()
  readonly #metronome = new Metronome(dueMs => this.#begin(dueMs))
  #orders = 0

  async enter({ origin, towns, tokens }: PayersParts): Promise<void> {
    for (const town of towns)
      this.#payers.push(
        ...(await Promise.all(
          town.customers.map(async id => {
            const live = new Live({ origin, token: tokens[`customer/${id}`] ?? '', retryForMs: 0 })
            live.on('payment:ticket', () => void this.tickets++)
            await live.connect()
            return { id, town, live }
          }),
        )),
      )
  }

  /** @param perS orders by second from now on; 0: none */
  rate(perS: number): void {
    this.#metronome.rate(perS)
  }

  /** No more orders, and each has its answer. */
  async end(): Promise<void> {
    this.rate(0)
    await Promise.all(this.#under)
  }

  #begin(dueMs: number): void {
    const done: Promise<void> = this.#place(dueMs).finally(() => this.#under.delete(done))
    this.#under.add(done)
  }

  async #place(dueMs: number): Promise<void> {
    const payer = this.#payers[this.#orders % this.#payers.length]
    if (!payer) throw new Error('nobody has entered')
    const { town } = payer
    const idempotencyKey = `${this.#run}-${this.#orders++}`
    const orderId = orderIdOf(payer.id, idempotencyKey)
    const deliverTo = { address: '서울특별시 강남구 테헤란로 152', ...placeIn(town, Math.random) }
    const items = mealFrom(town, Math.random)
    const wanted = { storeId: town.store.id, items, deliverTo, paymentKey: `pk_test_${orderId}` }
    const ack = await payer.live.command({ name: 'place', idempotencyKey, ...wanted }).catch(() => undefined)
    const answer = ack === undefined ? 'NO_ANSWER' : ack.ok ? ack.order.status : ack.error.code
    this.offered.push({ orderId, dueMs, answeredMs: Date.now(), answer, ok: ack?.ok === true })
  }
}
