import { constants, hostname, setPriority } from 'node:os'
import type { Logger } from 'pino'
import type { Clock } from '../../actors/clock.ts'
import type { Subscription } from '../../actors/log.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import type { Endpoint } from '../../actors/services.ts'
import type { Tracer } from '../../actors/tracing.ts'
import type { Config } from '../../config/config.ts'
import type { StreamDeclaration } from '../../config/streams.ts'
import type { GradeThresholds } from '../../machines/customer.ts'
import type { ProcessRole } from '../contract/process.ts'
import { VERSION } from '../contract/version.ts'
import { type Health, startHealth } from '../health.ts'
import { LogLevel } from '../log-level.ts'
import { measureNats } from '../metrics/nats.ts'
import { measureProcess } from '../metrics/process.ts'

/** What main hands to every role. Time, chance and ids come from outside. */
export interface RoleParts {
  readonly config: Config
  readonly streams: readonly StreamDeclaration[]
  readonly logger: Logger
  readonly clock: Clock
  readonly random: () => number
  readonly newId: () => string
  /** Ends this process as a signal would. */
  readonly leave: () => void
}

export interface Running {
  /** Finishes what is in hand, then leaves. */
  stop(): Promise<void>
}

export const openNats = (parts: Pick<RoleParts, 'config' | 'streams' | 'logger'>, name: string): Promise<Nats> =>
  connectNats({
    url: parts.config.NATS_URL,
    name,
    streams: parts.streams,
    replicas: parts.config.NATS_REPLICAS,
    onDenied: denied => parts.logger.warn(denied, 'NATS does not let this user do it'),
    tls: { caFile: parts.config.NATS_TLS_CA, certFile: parts.config.NATS_TLS_CERT, keyFile: parts.config.NATS_TLS_KEY },
  })

export const routerOf = (parts: RoleParts, nats: Nats, tracer?: Tracer): Router =>
  new Router({ wire: nats.wire, now: () => parts.clock.now(), random: parts.random, tracer })

export interface Tracing extends Running {
  /** Absent: nothing is traced. */
  readonly tracer?: Tracer
}

/** Hands spans to whoever collects them. Where nobody does, nothing of it is even loaded. */
export const openTracing = async ({ config, clock, random, logger }: RoleParts, name: ProcessRole): Promise<Tracing> => {
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT === '') return { stop: async () => undefined }
  const { OtlpTracing } = await import('../tracing/otlp-tracing.ts')
  const tracer = new OtlpTracing({
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    ratio: config.OTEL_TRACES_SAMPLER_ARG,
    followsCallers: config.OTEL_TRACES_SAMPLER === 'parentbased_traceidratio',
    service: { name, instance: `${where.machine}:${where.pid}`, version: VERSION },
    now: () => clock.now(),
    random,
    logger,
  })
  return { tracer, stop: () => tracer.stop() }
}

/** What every process of ours tells of itself and its connection to NATS. */
export const measure = (nats: Nats, role: ProcessRole, ready: () => boolean): void => {
  measureProcess(role, ready)
  measureNats(nats)
}

/** Where this process is, for people. */
export const where = { machine: hostname(), pid: process.pid } as const

/** What each process is for, as `nats micro ls` shows it. */
const SERVICES = {
  gateway: 'HTTP and sockets for customers, stores, riders and operators',
  actors: 'Hosts the actors',
  payments: 'Calls the payment provider',
  projector: 'Writes the read model and the archive',
  notifier: 'Tells customers, stores and riders by message',
} as const satisfies Record<ProcessRole, string>

/** Shows this process to operators as a NATS service, with what it answers, and lets them change what it logs. */
export const openService = async (
  { newId, clock, logger }: RoleParts,
  nats: Nats,
  name: ProcessRole,
  { id = newId(), endpoints = [] }: { readonly id?: string; readonly endpoints?: readonly Endpoint[] } = {},
): Promise<Subscription> => {
  const level = new LogLevel({ role: name, signals: nats, clock, logger })
  const service = await nats.services.serve({
    name,
    id,
    version: VERSION,
    description: SERVICES[name],
    metadata: { machine: where.machine, pid: String(where.pid) },
    endpoints,
    now: () => clock.now(),
  })
  return {
    stop: async () => {
      level.stop()
      await service.stop()
    },
  }
}

export const openHealth = (parts: RoleParts, ready: () => boolean): Promise<Health> =>
  startHealth({ port: parts.config.HEALTH_PORT, ready })

/** This process is one that orders do not wait for: where cores are short, they go first. */
export const giveWay = (): void => setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

/** Hosts count by them and gateways show them. */
export const gradesOf = ({ GRADE_SILVER, GRADE_GOLD, GRADE_VIP }: Config): GradeThresholds => ({
  SILVER: GRADE_SILVER,
  GOLD: GRADE_GOLD,
  VIP: GRADE_VIP,
})

/** Stops in this order, each after the one before. */
export const runningOf = (...parts: readonly { stop(): Promise<unknown> }[]): Running => ({
  stop: async () => {
    for (const part of parts) await part.stop()
  },
})
