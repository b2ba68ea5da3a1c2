import { setTimeout as pause } from 'node:timers/promises'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import type { House } from '../../config/runtime/house.ts'
import { STREAMS } from '../../config/streams.ts'
import type { Position } from '../../server/gateway/device.ts'
import { POSITION_TTL_MS } from '../../server/gateway/positions.ts'
import { openChild } from '../child.ts'
import { type Figures, printTable } from '../report.ts'
import { readCpu } from './cpu.ts'
import type { Pinger, Pressed } from './pings-process.ts'
import { settle, tokensFor } from './settle.ts'
import { placeIn, townsOf } from './town.ts'

export interface PingsScale {
  readonly towns: number
  /** In each town, every one on duty and on a socket of his own. */
  readonly riders: number
  /** Reports a second of all riders together. */
  readonly perS: number
  readonly warmMs: number
  readonly measureMs: number
}

const DURABLE = ['ORDERS', 'ENTITIES'] as const
const KEPT_WITHIN_MS = 10_000
const READ_WITHIN_MS = 5_000

/**
 * Riders' positions through one gateway: sockets, the checks, the announcement to whoever follows, the last one in the bucket. Nothing of it
 * may reach the durable log. @param house without demo; riders move in
 */
export const measurePings = async (house: House, scale: PingsScale): Promise<Figures> => {
  const towns = townsOf(scale.towns, { customers: 0, riders: scale.riders })
  await settle(house, towns)
  const tokenOf = await tokensFor(house)
  const riders: Pinger[] = await Promise.all(
    towns.flatMap(town => town.riders.map(async id => ({ id, token: await tokenOf('rider', id), at: placeIn(town, Math.random) }))),
  )
  await using load = await openChild('trade/pings-process.ts', [])
  await load.ask({ kind: 'enter', origin: house.url, riders })
  await load.ask<Pressed>({ kind: 'press', perS: scale.perS, ms: scale.warmMs })

  const nats = await connectNats({ url: house.natsUrl, name: 'bench pings', streams: STREAMS })
  const processes = () => readCpu({ ...house.pids(), load: load.pid })
  const before = { ends: await endsOf(nats), taken: await takenBy(house), cpu: await processes() }
  const pressed = await load.ask<Pressed>({ kind: 'press', perS: scale.perS, ms: scale.measureMs })
  const after = { ends: await endsOf(nats), taken: await takenBy(house), cpu: await processes() }
  const lost = await lostOf(nats, pressed.lastSeqs)
  const written = await subjectsBetween(nats, before.ends, after.ends)
  await nats.close()

  const taken = after.taken - before.taken
  const figures = {
    pingsPerS: taken / pressed.seconds,
    pingP50Ms: pressed.p50Ms,
    pingP99Ms: pressed.p99Ms,
    pingsAccepted: taken,
    pingsNotTaken: pressed.sent - taken,
    ridersLastPingLost: lost,
    pingLogWrites: written.filter(isOfRiders).length,
    otherLogWrites: written.filter(subject => !isOfRiders(subject)).length,
  }
  printTable(['pings through one gateway', 'figure'], Object.entries(figures))
  for (const subject of new Set(written)) console.log(`written meanwhile: ${subject}`)
  const microseconds = Object.entries(after.cpu.processes).map(([name, ms]): [string, number] => [
    name,
    ((ms - (before.cpu.processes[name] ?? 0)) * 1_000) / Math.max(1, taken),
  ])
  printTable(
    ['CPU', 'µs a ping'],
    microseconds.sort(([, a], [, b]) => b - a),
  )
  return { ...figures, ...Object.fromEntries(microseconds.map(([name, us]) => [`cpuUsPerPing@${name}`, us])) }
}

const endsOf = (nats: Nats): Promise<number[]> => Promise.all(DURABLE.map(stream => nats.log.end(stream)))

/** Of all that the durable log took in between, whoever wrote it: a breaker or a channel may have had something to say. */
const subjectsBetween = async (nats: Nats, from: readonly number[], to: readonly number[]): Promise<string[]> => {
  const found: string[] = []
  for (const [i, stream] of DURABLE.entries()) {
    const end = to[i] ?? 0
    if (end <= (from[i] ?? 0)) continue
    const enough = new AbortController()
    const patience = setTimeout(() => enough.abort(), READ_WITHIN_MS) // the last message may have been a timer that is gone
    for await (const messages of nats.log.follow(stream, ['>'], from[i] ?? 0, enough.signal)) {
      found.push(...messages.filter(({ seq }) => seq <= end).map(({ subject }) => subject))
      if (messages.some(({ seq }) => seq >= end)) enough.abort()
    }
    clearTimeout(patience)
  }
  return found
}

/** `evt.rider.<shard>.<id>…` and whatever else names a rider. */
const isOfRiders = (subject: string): boolean => /\brider\b|\bpos\b/.test(subject)

/** As the gateway itself counts them. */
const takenBy = async ({ healthUrls }: House): Promise<number> => {
  const metrics = await (await fetch(`${healthUrls.web}/metrics`)).text()
  return Number(/^rider_positions_total\{outcome="taken"\} (\d+)$/m.exec(metrics)?.[1] ?? 0)
}

/** Riders whose last report is not the one that the bucket keeps. */
const lostOf = async (nats: Nats, lastSeqs: Readonly<Record<string, number>>): Promise<number> => {
  const bucket = await nats.bucket<Position>('positions', { ttlMs: POSITION_TTL_MS, storage: 'memory' })
  const untilMs = Date.now() + KEPT_WITHIN_MS
  for (;;) {
    const kept = await bucket.all()
    const lost = Object.entries(lastSeqs).filter(([id, seq]) => kept.get(id)?.seq !== seq).length
    if (lost === 0 || Date.now() > untilMs) return lost
    await pause(100)
  }
}
