import { setImmediate as turn } from 'node:timers/promises'
import type { Command, Event, Reply } from '../../actors/envelope.ts'
import { Host } from '../../actors/host.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemorySignals } from '../../actors/memory/signals.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import { Router } from '../../actors/router.ts'
import { STREAMS } from '../../config/streams.ts'
import type { LatLng } from '../../machines/distance.ts'
import { cellOf } from '../../machines/geo.ts'
import { DEFAULT_WINDOWS } from '../../machines/order-types.ts'
import type { Account } from '../../server/contract/account.ts'
import type { Pushes } from '../../server/contract/pushes.ts'
import { ASLEEP, Asleep, type AsleepEntry } from '../../server/gateway/asleep.ts'
import { Board } from '../../server/gateway/board.ts'
import type { Connection } from '../../server/gateway/connection.ts'
import type { Position } from '../../server/gateway/device.ts'
import { POSITION_TTL_MS, Positions } from '../../server/gateway/positions.ts'
import { Pusher } from '../../server/gateway/pusher.ts'
import type { Ring } from '../../server/gateway/rings.ts'
import type { OpenReads } from '../../server/gateway/sync.ts'

/** Waits for what must come, by letting the event loop turn. */
export const until = async (what: string, met: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 15_000
  while (!(await met())) {
    if (Date.now() > deadline) throw new Error(`never happened: ${what}`)
    await turn()
  }
}

/** PostgreSQL is down: everything has to come from the log. */
export const NO_READS: OpenReads = {
  openOrdersOf: () => Promise.reject(new Error('down')),
  position: () => Promise.reject(new Error('down')),
}

export const RINGS: readonly Ring[] = [
  { withinM: 1_000, afterMs: 0 },
  { withinM: 3_000, afterMs: 15_000 },
  { withinM: 5_000, afterMs: 45_000 },
]
export const FRESHNESS = { staleMs: 15_000, hiddenMs: 60_000 } as const

export const GANGNAM: LatLng = { lat: 37.4979, lng: 127.0276 }
/** A place so many metres north of another. */
export const northOf = (at: LatLng, metres: number): LatLng => ({ lat: at.lat + metres / 111_195, lng: at.lng })

export interface Told<Name extends keyof Pushes = keyof Pushes> {
  readonly name: Name
  readonly payload: Pushes[Name]
}

/** Whatever one connection was told. */
export class Ear {
  readonly all: Told[] = []

  of<Name extends keyof Pushes>(name: Name): Pushes[Name][] {
    return this.all.filter(told => told.name === name).map(told => told.payload as Pushes[Name])
  }

  readonly push = <Name extends keyof Pushes>(name: Name, payload: Pushes[Name]): void => {
    this.all.push({ name, payload })
  }

  hears(name: keyof Pushes, count = 1): Promise<void> {
    return until(`${count} × ${name}`, () => this.of(name).length >= count)
  }
}

/** A host and a gateway's inside on the memory twins: real actors, real records, a clock wound by hand. */
export class Town {
  readonly clock = new HandClock(Date.parse('2026-05-01T09:00:00.000Z'))
  readonly log = new MemoryLog({ clock: this.clock, streams: STREAMS })
  readonly wire = new MemoryWire()
  readonly host = new Host({ log: this.log, wire: this.wire, clock: this.clock, kinds: KINDS })
  readonly router = new Router({ wire: this.wire, now: () => this.clock.now(), random: () => 0.5 })
  readonly signals = new MemorySignals()
  readonly positions = new Positions({
    nats: this.signals,
    bucket: new MemoryBucket<Position>(this.clock, POSITION_TTL_MS),
    clock: this.clock,
  })
  readonly board = new Board(this.log)
  readonly asleep = new Asleep({
    bucket: new MemoryBucket<AsleepEntry>(this.clock, ASLEEP.ttlMs),
    clock: this.clock,
    gateway: 'g-1',
    logger: { warn: (...args: unknown[]) => void this.warnings.push(args) },
  })
  readonly warnings: unknown[] = []
  readonly pusher: Pusher
  #commands = 0
  #fixes = 0

  private constructor(reads: OpenReads) {
    const { log, board, positions, clock, asleep } = this
    const logger = { warn: (...args: unknown[]) => void this.warnings.push(args) }
    this.pusher = new Pusher({ log, reads, board, positions, clock, asleep, rings: RINGS, freshness: FRESHNESS, logger })
  }

  static async open(reads: OpenReads = NO_READS): Promise<Town> {
    const town = new Town(reads)
    await town.host.start()
    return town
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.drain()
  }

  get nowIso(): string {
    return new Date(this.clock.now()).toISOString()
  }

  /** @throws when the actor does not move */
  async tell(address: string, event: Event, by = 'system-1', answers?: Command['answers']): Promise<Reply> {
    const [kind = '', id = ''] = address.split('/')
    const reply = await this.router.ask({
      commandId: `c${++this.#commands}`,
      address: { kind, id },
      event,
      by: { role: 'system', id: by },
      at: this.nowIso,
      ...(answers === undefined ? {} : { answers }),
    })
    if (reply.kind !== 'moved') throw new Error(`${address} did not take ${event.type}: ${JSON.stringify(reply)}`)
    return reply
  }

  /** A paid order, waiting for its store. */
  async placed(id: string, { store = 'store-1', customer = 'customer-1', to = GANGNAM } = {}): Promise<void> {
    await this.tell(`order/${id}`, {
      type: 'place',
      store: { id: store, name: '황금치킨', ...GANGNAM },
      customer: { id: customer, name: '김하나', phone: '01000000001' },
      items: [{ menuId: 'm-1', name: '후라이드', quantity: 1, unitPrice: 18_000, choices: [], lineTotal: 18_000 }],
      total: 18_000,
      deliverTo: { address: '서울 강남구 테헤란로 1', ...to, cell: cellOf(to) },
      paymentKey: 'pk_test_1',
      windows: DEFAULT_WINDOWS,
      requestHash: 'h',
    })
    await this.answers(id, 'confirmPayment', { kind: 'approved', approvedAt: this.nowIso })
  }

  /** The payment worker has found something out. */
  async answers(id: string, invoke: 'confirmPayment' | 'cancelPayment', output: unknown): Promise<void> {
    const n = (await this.log.latest({ kind: 'order', id }))?.body.waits.invokes[invoke]?.n ?? ''
    await this.tell(`order/${id}`, { type: `xstate.done.actor.${invoke}`, output }, 'payments', { wait: 'invoke', id: invoke, n })
  }

  /** A paid order, cooked, waiting for a rider. */
  async cooked(id: string, changes: { store?: string; customer?: string; to?: LatLng } = {}): Promise<void> {
    await this.placed(id, changes)
    await this.tell(`order/${id}`, { type: 'accept', prepMinutes: 10 })
    await this.tell(`order/${id}`, { type: 'startCooking' })
    await this.tell(`order/${id}`, { type: 'finishCooking' })
  }

  /** By a rider who was asked before the order, as the gateway does; one who has not registered is not. */
  async picked(id: string, riderId: string): Promise<void> {
    if (await this.log.latest({ kind: 'rider', id: riderId }))
      await this.tell(`rider/${riderId}`, { type: 'take', orderId: id, claim: 1, limit: 20 }, riderId)
    await this.tell(`order/${id}`, { type: 'pick', riderName: '박라이더' }, riderId)
  }

  async rider(id: string, at?: LatLng): Promise<void> {
    await this.tell(`rider/${id}`, { type: 'register', name: '박라이더', phone: '01000000009' })
    await this.tell(`rider/${id}`, { type: 'goOnline' })
    if (at) await this.moves(id, at)
  }

  async moves(riderId: string, at: LatLng): Promise<void> {
    this.clock.advance(1_000)
    await this.positions.report(riderId, { ...at, seq: ++this.#fixes, at: this.nowIso })
  }

  /** Connects and opens; `ear` has heard `sync`. */
  async joins(account: Account): Promise<{ readonly ear: Ear; readonly connection: Connection }> {
    const ear = new Ear()
    const connection = this.pusher.connect(account, ear.push)
    await connection.open()
    return { ear, connection }
  }
}
