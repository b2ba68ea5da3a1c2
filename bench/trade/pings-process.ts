import { Live } from '../../clients/shared/live.ts'
import type { LatLng } from '../../machines/distance.ts'
import { Histogram } from '../histogram.ts'

export interface Pinger {
  readonly id: string
  readonly token: string
  readonly at: LatLng
}
/** The load, in a process of its own: riders on duty, each on a socket of his own, who report where they are. */
export type PingsQuestion =
  | { readonly kind: 'enter'; readonly origin: string; readonly riders: readonly Pinger[] }
  /** Reports so many a second for so long, whatever comes back, and waits until the gateway has answered the last of them. */
  | { readonly kind: 'press'; readonly perS: number; readonly ms: number }

export interface Pressed {
  readonly sent: number
  /** From the first report to the last answer. */
  readonly seconds: number
  /** From a report to its answer. */
  readonly p50Ms: number
  readonly p99Ms: number
  /** Each rider's last count, by id. */
  readonly lastSeqs: Readonly<Record<string, number>>
}

const CONNECTING_AT_ONCE = 50
const TICK_MS = 5
/** Devices do not wait for an answer; so that there is something to measure, every so many does. */
const ASKS_EVERY = 16

interface Rider {
  readonly id: string
  readonly live: Live
  lat: number
  readonly lng: number
  seq: number
}

const riders: Rider[] = []

const enter = async (origin: string, pingers: readonly Pinger[]): Promise<void> => {
  const waiting = [...pingers]
  const comeIn = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const live = new Live({ origin, token: next.token })
      await live.connect()
      await live.online(true)
      const rider = { id: next.id, live, ...next.at, seq: 0 }
      await live.location(nextFix(rider))
      riders.push(rider)
    }
  }
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, comeIn))
}

/** A metre further north. */
const nextFix = (rider: Rider) => {
  rider.lat += 1 / 111_195
  return { lat: rider.lat, lng: rider.lng, seq: ++rider.seq, at: new Date().toISOString() }
}

const press = async (perS: number, ms: number): Promise<Pressed> => {
  const took = new Histogram()
  const asked: Promise<void>[] = []
  const startMs = performance.now()
  let sent = 0
  const send = (): void => {
    const rider = riders[sent % riders.length]
    if (!rider) return
    if (sent++ % ASKS_EVERY > 0) {
      rider.live.report(nextFix(rider))
      return
    }
    const askedMs = performance.now()
    asked.push(rider.live.location(nextFix(rider)).then(() => took.add(performance.now() - askedMs)))
  }
  for (let nowMs = startMs; nowMs - startMs < ms; nowMs = performance.now()) {
    const due = Math.floor(((nowMs - startMs) / 1_000) * perS)
    while (sent < due) send()
    await new Promise(resolve => setTimeout(resolve, TICK_MS))
  }
  await Promise.all(asked)
  await Promise.all(riders.map(rider => rider.live.location(nextFix(rider)))) // sockets keep their order: all before it has been taken
  return {
    sent: sent + riders.length,
    seconds: (performance.now() - startMs) / 1_000,
    p50Ms: took.at(0.5),
    p99Ms: took.at(0.99),
    lastSeqs: Object.fromEntries(riders.map(({ id, seq }) => [id, seq])),
  }
}

const answer = async (question: PingsQuestion): Promise<unknown> => {
  switch (question.kind) {
    case 'enter':
      await enter(question.origin, question.riders)
      return { entered: riders.length }
    case 'press':
      return press(question.perS, question.ms)
  }
}

process.on('message', (question: PingsQuestion) => {
  void answer(question).then(reply => process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
