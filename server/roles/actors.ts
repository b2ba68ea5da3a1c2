import { Host } from '../../actors/host.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import { type HostSign, MEMBERSHIP_TTL_MS } from '../../actors/membership.ts'
import { runTimers } from '../../actors/timers.ts'
import { openHealth, openNats, type RoleParts, type Running, routerOf, runningOf } from './role.ts'

const TIMERS_IN_HAND = 64

/** Hosts the actors, and brings due timers to them. */
export const runActors = async (parts: RoleParts): Promise<Running> => {
  const nats = await openNats(parts, 'actors')
  await nats.ensureStreams()
  const { clock, random, newId, logger } = parts
  const bucket = await nats.bucket<HostSign>('hosts', { ttlMs: MEMBERSHIP_TTL_MS, storage: 'memory' })
  const members = { name: `host-${newId()}`, bucket, signals: nats }
  const host = new Host({ log: nats.log, wire: nats.wire, clock, kinds: KINDS, members })
  await host.start()
  const router = routerOf(parts, nats)
  const timers = await Promise.all(
    [...new Set(KINDS.map(kind => kind.stream))].map(stream =>
      runTimers({ log: nats.log, router, clock, random, stream, concurrency: TIMERS_IN_HAND }),
    ),
  )
  const health = await openHealth(parts, () => nats.connected)
  logger.info({ kinds: KINDS.map(kind => kind.machine) }, 'hosting')
  return runningOf(...timers, { stop: () => host.drain() }, { stop: () => nats.close() }, health)
}
