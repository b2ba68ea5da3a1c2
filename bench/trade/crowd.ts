import { setTimeout as pause } from 'node:timers/promises'
import { Live } from '../../clients/shared/live.ts'
import { COMMAND_NAMES } from '../../server/contract/order-commands.ts'
import { Histogram } from '../histogram.ts'
import { type Guest, live, type Notes, type RiderGuest } from './lifecycle.ts'
import { Told } from './told.ts'
import { mealFrom, placeIn, type Town } from './town.ts'

/** Devices report where they are this often. */
const REPORT_MS = 4_000
/** Towns whose people connect at once. */
const TOWNS_AT_ONCE = 5
/** Between two looks at how many orders are due. */
const TICK_MS = 5
/** So that a server that refuses everything is not asked ten thousand times a second. */
const AFTER_FAILURE_MS = 100

export interface CrowdParts {
  readonly origin: string
  readonly towns: readonly Town[]
  readonly tokens: Readonly<Record<string, string>>
}

interface Inhabitants {
  readonly town: Town
  readonly store: Guest
  /** The one whose turn it is comes first. */
  readonly customers: Guest[]
  readonly riders: readonly RiderGuest[]
  /** Riders with nothing to do. */
  readonly free: RiderGuest[]
}

/** Everybody with an app, each on a socket of his own, and the orders they live through: a fixed number at once. */
export class Crowd {
  readonly told = new Told()
  readonly commandMs = new Histogram()
  readonly byCommand: Readonly<Record<string, Histogram>> = Object.fromEntries(COMMAND_NAMES.map(name => [name, new Histogram()]))
  /** From the tap to the confirmation, of those that came to it. */
  readonly lifecycleMs = new Histogram()
  readonly failures = new Map<string, number>()
  completed = 0
  /** Orders that were due: each has begun, or found no town with a rider at home. */
  arrived = 0
  turnedAway = 0
  readonly #parts: CrowdParts
  readonly #inhabitants: Inhabitants[] = []
  readonly #slots: Promise<void>[] = []
  readonly #run = Math.random().toString(36).slice(2, 8)
  #orders = 0
  #stopping = false
  /** Ids of the orders that came to their end, oldest first. */
  readonly orderIds: string[] = []
  #reports: NodeJS.Timeout | undefined

  constructor(parts: CrowdParts) {
    this.#parts = parts
  }

  async enter(): Promise<void> {
    const { towns } = this.#parts
    const entering = towns.map(town => async (): Promise<void> => {
      const customers = await Promise.all(town.customers.map(id => this.#connect('customer', id)))
      const riders = await Promise.all(town.riders.map(id => this.#connectRider(town, id)))
      this.#inhabitants.push({ town, store: await this.#connect('store', town.store.id), customers, riders, free: [...riders] })
    })
    while (entering.length > 0) await Promise.all(entering.splice(0, TOWNS_AT_ONCE).map(enter => enter()))
    let seq = 1
    this.#reports = setInterval(() => this.#report(seq++), REPORT_MS)
  }

  /** @param atOnce orders under way at any moment */
  begin(atOnce: number): void {
    for (let slot = 0; slot < atOnce; slot++) this.#slots.push(this.#keepOrdering(slot))
  }

  /** An open loop: so many orders begin each second, however many are under way. */
  arrive(perS: number): void {
    this.#slots.push(this.#keepArriving(perS))
  }

  /** Lets the orders under way come to their end. */
  async end(): Promise<void> {
    this.#stopping = true
    await Promise.all(this.#slots)
    clearInterval(this.#reports)
  }

  clear(): void {
    this.commandMs.clear()
    this.lifecycleMs.clear()
    this.told.pushMs.clear()
    for (const histogram of Object.values(this.byCommand)) histogram.clear()
  }

  async #keepOrdering(slot: number): Promise<void> {
    const place = this.#inhabitants[slot % this.#inhabitants.length]
    while (place && !this.#stopping) if (!(await this.#tryOnce(place))) await pause(AFTER_FAILURE_MS)
  }

  /** @returns whether the order came to its end */
  async #tryOnce(place: Inhabitants): Promise<boolean> {
    const startMs = performance.now()
    try {
      await this.#orderOnce(place)
      this.completed++
      this.lifecycleMs.add(performance.now() - startMs)
      return true
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.failures.set(why, (this.failures.get(why) ?? 0) + 1)
      return false
    }
  }

  async #keepArriving(perS: number): Promise<void> {
    const startMs = performance.now()
    const underWay = new Set<Promise<boolean>>()
    while (!this.#stopping) {
      for (const due = Math.floor(((performance.now() - startMs) / 1_000) * perS); this.arrived < due; this.arrived++) {
        const place = this.#placeWithRider(this.arrived)
        if (!place) {
          this.turnedAway++
          continue
        }
        const living: Promise<boolean> = this.#tryOnce(place).finally(() => underWay.delete(living))
        underWay.add(living)
      }
      await pause(TICK_MS)
    }
    await Promise.all(underWay)
  }

  /** The towns in turn, and past those where every rider is away. */
  #placeWithRider(turn: number): Inhabitants | undefined {
    for (let i = 0; i < this.#inhabitants.length; i++) {
      const place = this.#inhabitants[(turn + i) % this.#inhabitants.length]
      if (place && place.free.length > 0) return place
    }
    return undefined
  }

  async #orderOnce({ town, store, customers, free }: Inhabitants): Promise<void> {
    const customer = customers.shift()
    const rider = free.shift()
    if (!customer || !rider) throw new Error('a town has run out of people')
    customers.push(customer) // he may have several orders under way
    const key = `${this.#run}-${this.#orders++}`
    const deliverTo = { address: '서울특별시 강남구 테헤란로 152', ...placeIn(town, Math.random) }
    const script = { key, meal: mealFrom(town, Math.random), deliverTo, storeId: town.store.id }
    const notes: Notes = { told: this.told, commandMs: this.commandMs, byCommand: this.byCommand }
    this.orderIds.push(await live({ customer, store, rider }, script, notes))
    free.push(rider) // one whose order failed may carry it still, and does not come back
  }

  async #connect(party: 'customer' | 'store' | 'rider', id: string): Promise<Guest> {
    const { origin, tokens } = this.#parts
    const guest = new Live({ origin, token: tokens[`${party}/${id}`] ?? '', retryForMs: 0 })
    guest.on('order', order => this.told.hear(party, order))
    guest.on('rider:location', () => this.told.count())
    await guest.connect()
    return { id, live: guest }
  }

  async #connectRider(town: Town, id: string): Promise<RiderGuest> {
    const { live } = await this.#connect('rider', id)
    const shown = new Set<string>()
    const waiting = new Map<string, () => void>()
    live.on('delivery', ({ orderId }) => {
      this.told.count()
      shown.add(orderId)
      waiting.get(orderId)?.()
    })
    live.on('delivery:gone', ({ orderId }) => {
      this.told.count()
      shown.delete(orderId)
    })
    await live.location({ ...placeIn(town, Math.random), seq: 0, at: new Date().toISOString() })
    await live.online(true)
    return { id, live, offered: (orderId, withinMs) => offered(shown, waiting, orderId, withinMs) }
  }

  /** Each in his own time, spread over the interval. */
  #report(seq: number): void {
    for (const { town, riders } of this.#inhabitants)
      for (const { live } of riders)
        setTimeout(() => {
          live.location({ ...placeIn(town, Math.random), seq, at: new Date().toISOString() }).catch(() => undefined) // the next one comes soon
        }, Math.random() * REPORT_MS)
  }
}

const offered = async (shown: ReadonlySet<string>, waiting: Map<string, () => void>, orderId: string, withinMs: number): Promise<void> => {
  if (shown.has(orderId)) return
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('rider was not shown the delivery')), withinMs)
      waiting.set(orderId, () => {
        clearTimeout(timer)
        resolve()
      })
    })
  } finally {
    waiting.delete(orderId)
  }
}
