import { connect, type NatsConnection } from '@nats-io/transport-node'
import { headerIn, headersOf } from '../../actors/nats/headers.ts'
import { serversOf } from '../../actors/nats/servers.ts'
import { DEFAULT_BACKOFF, waitMs } from '../../clients/shared/backoff.ts'
import { Histogram } from '../histogram.ts'
import { HEARD } from './heard.ts'
import { ThinSocket } from './thin-socket.ts'

/** The audience, in a process of its own: sockets that listen, and nothing else. */
export type EarsQuestion =
  /** Connects to one more server; settles when each has heard its first `sync`. */
  | { readonly kind: 'enter'; readonly port: number; readonly tokens: readonly string[]; readonly natsUrl: string }
  /** Counts from now on. */
  | { readonly kind: 'begin' }
  /** @returns what came since then */
  | { readonly kind: 'end' }
  /** Cuts every line at once; settles when each has heard a new `sync`. */
  | { readonly kind: 'storm'; readonly withinMs: number }
  | { readonly kind: 'leave' }

export interface Heard {
  readonly pushes: number
  readonly bytes: number
  readonly seconds: number
  /** From the log's own instant of a record to its push at the socket. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly matched: number
}
export interface Stormed {
  readonly back: number
  /** From the cut to the last `sync`. */
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Connections that were refused or cut, and tried again. */
  readonly again: number
}

const CONNECTING_AT_ONCE = 200
/** How many have come is told so often to whoever feeds the server. */
const TELL_EVERY_MS = 5

const ORDER = /^42\["order",\{"id":"([^"]+)","version":(\d+)/
const RECORD = /"id":"([^"]+)".{0,60}?"version":(\d+)/
const EVENT_HEAD = 120

class Ear {
  readonly socket: ThinSocket
  #synced: (() => void) | undefined
  #tries = 0
  #left = false
  onLost: () => void = () => undefined

  constructor(port: number, token: string) {
    this.socket = new ThinSocket({ port, token, heard: text => this.#hear(text), lost: () => this.#left || this.onLost() })
  }

  /** Settles at the next `sync`. */
  synced(): Promise<void> {
    return new Promise(resolve => {
      this.#synced = resolve
    })
  }

  get tries(): number {
    return this.#tries
  }

  async persist(): Promise<void> {
    for (this.#tries = 0; !this.#left; this.#tries++) {
      await new Promise(resolve => setTimeout(resolve, waitMs(DEFAULT_BACKOFF, this.#tries, Math.random())))
      if (
        await this.socket.connect().then(
          () => true,
          () => false,
        )
      )
        return
    }
  }

  leave(): void {
    this.#left = true
    this.socket.close()
  }

  #hear(text: Buffer): void {
    if (text[4] === 0x73 && text[5] === 0x79) {
      this.#synced?.() // 42["sync"
      return
    }
    pushes++
    bytes += text.length
    if (!matching) return
    const order = ORDER.exec(text.toString('latin1', 0, EVENT_HEAD))
    if (order) meet(`${order[1]} ${order[2]}`, { heardMs: nowMs() })
  }
}

let ears: Ear[] = []
let nats: NatsConnection | undefined
let [pushes, bytes] = [0, 0]
/** What had come when counting began. Nothing is ever set back: whoever feeds the server counts on. */
let since = { pushes: 0, bytes: 0, ms: 0 }
let matching = false
const took = new Histogram()
let matched = 0
/** Pushes whose record has not been seen yet, and records whose pushes may come: two of each, a customer's and a store's. */
const met = new Map<string, { atMs?: number; heard: number[] }>()

/** Milliseconds since 1970 with their fractions. */
const nowMs = (): number => performance.timeOrigin + performance.now()

const meet = (key: string, { atMs, heardMs }: { readonly atMs?: number; readonly heardMs?: number }): void => {
  const both = met.get(key) ?? { heard: [] }
  met.set(key, both)
  if (atMs !== undefined) both.atMs = atMs
  if (heardMs !== undefined) both.heard.push(heardMs)
  if (both.atMs === undefined) return
  for (const each of both.heard.splice(0)) {
    took.add(each - both.atMs)
    matched++
  }
}

/** The nanoseconds of the log's instant are kept: `2026-11-25T07:38:34.123456789Z`. */
const instantOf = (stamp: string): number => {
  const fraction = /\.(\d+)Z$/.exec(stamp)?.[1] ?? '0'
  return Math.floor(Date.parse(stamp) / 1_000) * 1_000 + Number(`0.${fraction}`) * 1_000
}

const enter = async ({ port, tokens, natsUrl }: Extract<EarsQuestion, { kind: 'enter' }>): Promise<void> => {
  nats ??= await connect({ ...serversOf(natsUrl), name: 'bench ears' })
  nats.subscribe('live.evt.order.>', {
    callback: (error, message) => {
      if (error || !matching) return
      const record = RECORD.exec(Buffer.from(message.data.buffer, message.data.byteOffset, EVENT_HEAD).toString('latin1'))
      const stamp = headerIn(headersOf(message), 'Nats-Time-Stamp')
      if (record && stamp) meet(`${record[1]} ${record[2]}`, { atMs: instantOf(stamp) })
    },
  })
  const waiting = tokens.map(token => new Ear(port, token))
  ears = [...waiting]
  const comeIn = async (): Promise<void> => {
    for (let ear = waiting.pop(); ear; ear = waiting.pop()) {
      const synced = ear.synced()
      await ear.socket.connect()
      await synced
    }
  }
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, comeIn))
}

const begin = (): void => {
  met.clear()
  took.clear()
  matched = 0
  matching = true
  since = { pushes, bytes, ms: performance.now() }
}

const end = (): Heard => {
  matching = false
  return {
    pushes: pushes - since.pushes,
    bytes: bytes - since.bytes,
    seconds: (performance.now() - since.ms) / 1_000,
    p50Ms: took.at(0.5),
    p99Ms: took.at(0.99),
    matched,
  }
}

const storm = async (withinMs: number): Promise<Stormed> => {
  const cutMs = performance.now()
  const backMs = new Histogram()
  let [back, again] = [0, 0]
  const all = ears.map(async ear => {
    const synced = ear.synced().then(() => {
      back++
      backMs.add(performance.now() - cutMs)
    })
    ear.onLost = () => {
      again++
      void ear.persist()
    }
    ear.socket.cut()
    await synced
  })
  const patience = new Promise(resolve => setTimeout(resolve, withinMs))
  await Promise.race([Promise.all(all), patience])
  return { back, seconds: (performance.now() - cutMs) / 1_000, p50Ms: backMs.at(0.5), p99Ms: backMs.at(0.99), again: again - ears.length }
}

const answer = async (question: EarsQuestion): Promise<unknown> => {
  switch (question.kind) {
    case 'enter':
      await enter(question)
      return { entered: ears.length }
    case 'begin':
      begin()
      return { begun: true }
    case 'end':
      return end()
    case 'storm':
      return storm(question.withinMs)
    case 'leave':
      clearInterval(telling)
      for (const ear of ears) ear.leave()
      return { left: ears.length }
  }
}

const telling = setInterval(() => nats?.publish(HEARD, String(pushes)), TELL_EVERY_MS)
process.on('message', (question: EarsQuestion) => {
  void answer(question).then(reply => process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
