import type { Alarm, Clock } from '../../actors/clock.ts'
import type { Event, Reply } from '../../actors/envelope.ts'
import { Host } from '../../actors/host.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import { orderRegions } from '../../actors/kinds/order.ts'
import type { Subscription } from '../../actors/log.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { Router } from '../../actors/router.ts'
import { STREAMS } from '../../config/streams.ts'
import { DEFAULT_WINDOWS, type PlaceEvent } from '../../machines/order-types.ts'
import { type OpenGates, openGates } from './payment-gates.ts'

const CELL = '8730e1d88ffffff'

/** What a customer's tap brings in, as the gateway would have priced it. */
export const aTap = (changes: Partial<PlaceEvent> = {}): PlaceEvent => ({
  type: 'place',
  store: { id: 'store-1', name: '황금치킨', lat: 37.5, lng: 127.03 },
  customer: { id: 'customer-1', name: '김하나', phone: '010-0000-0001' },
  items: [
    { menuId: 'm-1', name: '후라이드', quantity: 1, unitPrice: 15_000, choices: [], lineTotal: 15_000 },
    { menuId: 'm-2', name: '콜라', quantity: 1, unitPrice: 3_000, choices: [], lineTotal: 3_000 },
  ],
  total: 18_000,
  deliverTo: { address: '서울 강남구 테헤란로 1', lat: 37.501, lng: 127.037, cell: CELL },
  windows: DEFAULT_WINDOWS,
  requestHash: 'h',
  ...changes,
})

/** The system's time, whose alarms do not outlive the house. */
class HouseClock implements Clock {
  readonly #alarms = new Set<NodeJS.Timeout>()

  now(): number {
    return Date.now()
  }

  after(ms: number, call: () => void): Alarm {
    const alarm = setTimeout(() => {
      this.#alarms.delete(alarm)
      call()
    }, ms)
    this.#alarms.add(alarm)
    return { cancel: () => this.#drop(alarm) }
  }

  stop(): void {
    for (const alarm of this.#alarms) this.#drop(alarm)
  }

  #drop(alarm: NodeJS.Timeout): void {
    clearTimeout(alarm)
    this.#alarms.delete(alarm)
  }
}

/** Orders at work in memory: the real host, the real machine, a log that forgets at the end. */
export class OrderHouse implements AsyncDisposable {
  readonly #clock = new HouseClock()
  readonly log = new MemoryLog({ clock: this.#clock, streams: STREAMS })
  readonly #wire = new MemoryWire()
  readonly router = new Router({ wire: this.#wire, now: () => Date.now(), random: () => 0.5 })
  readonly #host = new Host({ log: this.log, wire: this.#wire, clock: this.#clock, kinds: KINDS })
  readonly #running: Subscription[] = []
  #gates: OpenGates | undefined
  #commands = 0

  static async open(): Promise<OrderHouse> {
    const house = new OrderHouse()
    await house.#host.start()
    house.#gates = await openGates({ log: house.log, router: house.router, clock: house.#clock })
    return house
  }

  get gates(): OpenGates['gates'] {
    if (!this.#gates) throw new Error('the house is not open')
    return this.#gates.gates
  }

  /** What is stopped with the house. */
  async run(starting: Promise<Subscription>): Promise<Subscription> {
    const started = await starting
    this.#running.push(started)
    return started
  }

  tell(id: string, event: Event, role: 'customer' | 'store' | 'rider' = 'customer', correlationId?: string): Promise<Reply> {
    const commandId = `c-${++this.#commands}`
    return this.router.ask({
      commandId,
      address: { kind: 'order', id },
      event,
      by: { role, id: `${role}-1` },
      at: new Date().toISOString(),
      ...(correlationId === undefined ? {} : { correlationId }),
    })
  }

  place(id: string, changes: Partial<PlaceEvent> = {}, correlationId?: string): Promise<Reply> {
    return this.tell(id, { ...aTap({ paymentKey: `pk_test_${id}`, ...changes }) }, 'customer', correlationId)
  }

  /** The first record of this order that is so, written before or after the call. */
  async until(id: string, isSo: (regions: ReturnType<typeof orderRegions>) => boolean): Promise<ActorRecord> {
    const { promise, resolve } = Promise.withResolvers<ActorRecord>()
    const look = (record: ActorRecord) => void (record.id === id && isSo(orderRegions(record.state)) && resolve(record))
    const live = await this.log.live<ActorRecord>('evt.order.>', stored => look(stored.body))
    for (const { body } of await this.log.history({ kind: 'order', id })) look(body)
    return promise.finally(() => live.stop())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#gates?.stop()
    for (const each of this.#running) await each.stop()
    await this.#host.drain()
    this.#clock.stop()
  }
}
