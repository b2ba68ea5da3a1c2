import type { DeadLetter } from '../../actors/dead-letters.ts'
import type { Command } from '../../actors/envelope.ts'
import type { Fault } from '../../actors/fault.ts'
import { Host } from '../../actors/host.ts'
import { runInbox } from '../../actors/inbox.ts'
import { kindsOf } from '../../actors/kinds/all.ts'
import type { Stored } from '../../actors/log.ts'
import { HOSTS, type HostSign } from '../../actors/membership.ts'
import { runRetries } from '../../actors/retries.ts'
import { runTells } from '../../actors/tell.ts'
import { runTimers } from '../../actors/timers.ts'
import { traceId } from '../../actors/tracing.ts'
import { Supervisor } from '../breakers/supervisor.ts'
import { drainEndpoint } from '../drain.ts'
import { ActorMetrics } from '../metrics/actors.ts'
import { measureDeadLetters } from '../metrics/dead-letters.ts'
import { measureStreams } from '../metrics/nats.ts'
import { measureReaders } from '../metrics/readers.ts'
import { breakerSettingsOf } from './breakers.ts'
import {
  gradesOf,
  measure,
  openHealth,
  openNats,
  openService,
  openTracing,
  type RoleParts,
  type Running,
  routerOf,
  runningOf,
  where,
} from './role.ts'

const IN_HAND = 64

/** Hosts the actors, and brings to them what is due and what waits in the inbox. */
export const runActors = async (parts: RoleParts): Promise<Running> => {
  const nats = await openNats(parts, 'actors')
  const tracing = await openTracing(parts, 'actors')
  const { tracer } = tracing
  await nats.ensureStreams()
  const { clock, random, newId, logger, config } = parts
  const kinds = kindsOf({ grades: gradesOf(config) })
  const bucket = await nats.bucket<HostSign>(HOSTS.name, HOSTS)
  const members = { name: `host-${newId()}`, bucket, signals: nats, where }
  const metrics = new ActorMetrics()
  const onFault = ({ correlationId: requestId, ...fault }: Fault) => {
    metrics.onFault(fault)
    logger.error({ requestId, ...fault }, 'a machine failed, an operator must look')
  }
  const { onReply, onWritten } = metrics
  const host = new Host({ log: nats.log, wire: nats.wire, clock, kinds, members, onFault, onReply, onWritten, tracer })
  metrics.measure(host)
  await host.start()
  const router = routerOf(parts, nats, tracer)
  const carrying = {
    log: nats.log,
    router,
    now: () => clock.now(),
    random,
    tracer,
    concurrency: IN_HAND,
    onDeadLetter: ({ body: _body, correlationId: requestId, ...letter }: DeadLetter) =>
      logger.error({ requestId, ...letter }, 'an actor could not take this, an operator must look'),
    onPoison: ({ subject, seq }: Stored<unknown>) => logger.error({ subject, seq }, 'a message that nobody of us wrote'),
  }
  const streams = [...new Set(kinds.map(kind => kind.stream))]
  const timers = await Promise.all(streams.map(stream => runTimers({ ...carrying, stream })))
  const onRefused = ({ commandId, correlationId: requestId, address, event, trace }: Command, { code }: { readonly code: string }) =>
    logger.warn({ requestId, ...traceId({ trace }), commandId, address, event: event.type, code }, 'an actor refused what another told it')
  const tells = await Promise.all(streams.map(stream => runTells({ ...carrying, stream, onRefused })))
  const supervisor = await Supervisor.open({
    log: nats.log,
    router,
    signals: nats,
    clock,
    random,
    host: members.name,
    settings: breakerSettingsOf(parts),
    logger,
  })
  const inbox = await runInbox({ ...carrying, stream: 'INBOX' })
  const retries = await runRetries(carrying)
  const drain = drainEndpoint({
    name: members.name,
    host,
    log: nats.log,
    now: () => clock.now(),
    leave: ({ by, why }) => {
      logger.warn({ by, why }, 'an operator makes this host leave')
      parts.leave()
    },
  })
  const service = await openService(parts, nats, 'actors', { id: members.name, endpoints: [drain] })
  measureDeadLetters({ log: nats.log, nats, now: () => clock.now() })
  measureStreams(nats, () => nats.log.fullness())
  measureReaders({ nats, log: nats.log, now: () => clock.now() })
  measure(nats, 'actors', () => nats.connected)
  const health = await openHealth(parts, () => nats.connected)
  logger.info({ kinds: kinds.map(kind => kind.machine) }, 'hosting')
  return runningOf(
    ...timers,
    ...tells,
    inbox,
    retries,
    supervisor,
    { stop: () => host.drain() },
    service,
    { stop: () => nats.close() },
    tracing,
    health,
  )
}
