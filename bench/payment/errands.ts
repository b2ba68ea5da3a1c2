import type { Command } from '../../clients/shared/commands.ts'
import { Live } from '../../clients/shared/live.ts'
import { orderIdOf } from '../../server/gateway/fingerprint.ts'
import { mealFrom, placeIn, type Town } from '../trade/town.ts'
import { Metronome } from './metronome.ts'

export interface ErrandsParts {
  readonly origin: string
  readonly towns: readonly Town[]
  readonly tokens: Readonly<Record<string, string>>
  readonly atOnce: number
}

/** One command on an order that was paid long ago. Milliseconds since 1970. */
export interface Errand {
  readonly name: Step
  readonly dueMs: number
  /** From the instant at which it was due. */
  readonly tookMs: number
  readonly ok: boolean
  readonly answer: string
}

/** What is done to most of them, and to one in six. Payments play no part in it but for the refund. */
const DELIVERED = ['accept', 'read', 'startCooking', 'finishCooking', 'read', 'pick', 'deliver'] as const
const CANCELED = ['accept', 'cancel', 'read'] as const
type Step = (typeof DELIVERED)[number] | (typeof CANCELED)[number]
const EVERY_SO_MANY_CANCELED = 6
/** Paid at once while the stock is laid in. */
const STOCK_AT_ONCE = 16
const PLACED_WITHIN_MS = 20_000

interface Person {
  readonly id: string
  readonly token: string
  readonly live: Live
}
interface Place {
  readonly town: Town
  readonly store: Person
  readonly customers: readonly Person[]
  readonly riders: readonly Person[]
}
interface Paid {
  readonly id: string
  readonly place: Place
  readonly customer: Person
  readonly rider: Person
  readonly steps: Step[]
}

/** Kitchens, riders and customers who have nothing to do with payments any more: one command after the other, at a steady rate. */
export class Errands {
  readonly done: Errand[] = []
  readonly orderIds: string[] = []
  /** Beats at which no order was at hand. */
  idle = 0
  readonly #parts: ErrandsParts
  readonly #places: Place[] = []
  readonly #stock: Paid[] = []
  readonly #ready: Paid[] = []
  readonly #under = new Set<Promise<void>>()
  readonly #metronome = new Metronome(dueMs => this.#begin(dueMs))

  constructor(parts: ErrandsParts) {
    this.#parts = parts
  }

  async enter(): Promise<void> {
    for (const town of this.#parts.towns) {
      const people = (role: string, ids: readonly string[]) => Promise.all(ids.map(id => this.#connect(role, id)))
      const [store, customers, riders] = await Promise.all([
        this.#connect('store', town.store.id),
        people('customer', town.customers),
        people('rider', town.riders),
      ])
      await Promise.all(
        riders.map(async ({ live }) => {
          await live.location({ ...placeIn(town, Math.random), seq: 0, at: new Date().toISOString() })
          await live.online(true)
        }),
      )
      this.#places.push({ town, store, customers, riders })
    }
  }

  /** Has so many orders placed and paid, for later. @throws Error when one is not paid */
  async layIn(count: number): Promise<void> {
    let next = 0
    const lay = async (): Promise<void> => {
      while (next < count) this.#stock.push(await this.#pay(next++))
    }
    await Promise.all(Array.from({ length: STOCK_AT_ONCE }, lay))
    this.#ready.push(...this.#stock.splice(0, this.#parts.atOnce))
  }

  rate(perS: number): void {
    this.#metronome.rate(perS)
  }

  async end(): Promise<void> {
    this.rate(0)
    await Promise.all(this.#under)
  }

  #begin(dueMs: number): void {
    const order = this.#ready.shift()
    if (!order) return void this.idle++
    const done: Promise<void> = this.#step(order, dueMs).finally(() => this.#under.delete(done))
    this.#under.add(done)
  }

  async #step(order: Paid, dueMs: number): Promise<void> {
    const [name] = order.steps
    if (name === undefined) return
    const answer = await this.#run(order, name).catch(() => 'NO_ANSWER')
    const ok = answer === 'OK'
    this.done.push({ name, dueMs, tookMs: Date.now() - dueMs, ok, answer })
    if (ok) order.steps.shift()
    const next = ok && order.steps.length === 0 ? this.#stock.shift() : ok ? order : this.#stock.shift()
    if (next) this.#ready.push(next)
  }

  async #run({ id, place, customer, rider }: Paid, name: Step): Promise<string> {
    if (name === 'read') {
      const response = await fetch(`${this.#parts.origin}/api/orders/${id}`, { headers: { authorization: `Bearer ${customer.token}` } })
      await response.arrayBuffer()
      return response.ok ? 'OK' : `HTTP ${response.status}`
    }
    const who = name === 'cancel' ? customer : name === 'pick' || name === 'deliver' ? rider : place.store
    const ack = await who.live.command({ name, orderId: id, ...(name === 'accept' ? { prepMinutes: 15 } : {}) } as Command)
    return ack.ok ? 'OK' : ack.error.code
  }

  async #pay(n: number): Promise<Paid> {
    const place = this.#places[n % this.#places.length]
    const customer = place?.customers[n % place.customers.length]
    const rider = place?.riders[n % place.riders.length]
    if (!place || !customer || !rider) throw new Error('nobody has entered')
    const idempotencyKey = `stock-${n}`
    const id = orderIdOf(customer.id, idempotencyKey)
    const placed = Promise.withResolvers<void>()
    const unheard = customer.live.on('order', order => void (order.id === id && order.status === 'placed' && placed.resolve()))
    const { town } = place
    const deliverTo = { address: '서울특별시 강남구 테헤란로 152', ...placeIn(town, Math.random) }
    const wanted = { storeId: town.store.id, items: mealFrom(town, Math.random), deliverTo, paymentKey: `pk_test_${id}` }
    const ack = await customer.live.command({ name: 'place', idempotencyKey, ...wanted })
    if (!ack.ok) throw new Error(`an order for later was refused: ${ack.error.code}`)
    if (ack.order.status !== 'placed') {
      const late = setTimeout(() => placed.reject(new Error(`an order for later is ${ack.order.status}`)), PLACED_WITHIN_MS)
      await placed.promise.finally(() => clearTimeout(late))
    }
    unheard()
    this.orderIds.push(id)
    return { id, place, customer, rider, steps: [...(n % EVERY_SO_MANY_CANCELED === 0 ? CANCELED : DELIVERED)] }
  }

  async #connect(role: string, id: string): Promise<Person> {
    const token = this.#parts.tokens[`${role}/${id}`] ?? ''
    const live = new Live({ origin: this.#parts.origin, token, retryForMs: 0 })
    await live.connect()
    return { id, token, live }
  }
}
