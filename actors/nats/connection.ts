import { jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream'
import { connect, type NatsConnection, PermissionViolationError, type Status } from '@nats-io/transport-node'
import type { Bucket } from '../bucket.ts'
import type { Counter } from '../counter.ts'
import type { NatsFigures } from '../figures.ts'
import type { Log } from '../log.ts'
import type { Services } from '../services.ts'
import type { Signals } from '../signals.ts'
import type { Snapshots } from '../snapshots.ts'
import { matches } from '../subjects.ts'
import type { Wire } from '../wire.ts'
import { NatsBucket } from './bucket.ts'
import { NatsCounter } from './counter.ts'
import { Direct } from './direct.ts'
import { inboxPrefix } from './inboxes.ts'
import { deliver } from './json.ts'
import { NatsLog } from './log.ts'
import { Questions } from './questions.ts'
import { serversOf } from './servers.ts'
import { NatsServices } from './services.ts'
import { NatsSnapshots } from './snapshots.ts'
import { ensureStreams, type StreamDeclaration } from './streams.ts'
import { NatsWire } from './wire.ts'

/** Everything a process needs of NATS, behind our own ports. */
export interface Nats extends Signals {
  readonly log: Log & Pick<NatsLog, 'work' | 'fullness' | 'copies'>
  readonly wire: Wire
  readonly services: Services
  readonly snapshots: Snapshots
  /** A bucket whose values live `ttlMs`. `memory` costs no disk and forgets when the server restarts; `file` does not. */
  bucket<T>(name: string, options: { readonly ttlMs: number; readonly storage: 'memory' | 'file' }): Promise<Bucket<T>>
  /** Counters under `<prefix>.>`, which a declared stream with `allow_msg_counter` must take. @throws Error when none does */
  counter(prefix: string): Counter
  /** Creates the declared streams, or updates them to the declaration. */
  ensureStreams(): Promise<void>
  /** True while connected. */
  readonly connected: boolean
  readonly figures: NatsFigures
  /** Calls after each break that is over: what was live meanwhile was missed here. */
  onReconnect(call: () => void): void
  /** Sends what is buffered, then leaves. */
  close(): Promise<void>
}

export interface NatsOptions {
  /** One or more, comma separated; a name and a password in the first are for all: `nats://gateway:secret@host:4222`. */
  readonly url: string
  /** Shown by `nats server report connections`. */
  readonly name: string
  readonly streams: readonly StreamDeclaration[]
  /** Absent, or all of them: TLS only where the server demands it, with the certificates that the machine believes. */
  readonly tls?: TlsFiles
  /** Copies of each bucket, default 1. */
  readonly replicas?: number
  /** Hears of what the server did not let us do, once for each subject: our user lacks a right, or somebody tries too much. */
  readonly onDenied?: (denied: Denied) => void
}

/** Whose certificates are believed; our own and its key, where NATS wants one. An empty name is as good as none. */
export interface TlsFiles {
  readonly caFile?: string
  readonly certFile?: string
  readonly keyFile?: string
}

export interface Denied {
  readonly operation: 'publish' | 'subscription'
  readonly subject: string
}

/** Subjects that are told of: one of each actor would be as many as there are orders. */
const MOST_DENIED = 100

/** Connects, and keeps reconnecting for ever. @throws when the first connection cannot be made within 10 s. */
export const connectNats = async (options: NatsOptions): Promise<Nats> => {
  const servers = serversOf(options.url)
  const inbox = inboxPrefix(servers.user)
  const nc = await connect({
    ...servers,
    inboxPrefix: inbox,
    name: options.name,
    ...tlsOf(options.tls),
    timeout: 10_000,
    maxReconnectAttempts: -1,
    // While a password is changed, server by server, one that turns us away says nothing of the others.
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 250,
    // A server that died without a word is noticed within 6 s, not the default 4 minutes.
    pingInterval: 2_000,
    maxPingOut: 3,
    ignoreClusterUpdates: false,
    // A stack for every request, in case it fails, cost 36 % of a busy caller's time.
    noAsyncTraces: true,
  })
  const js = jetstream(nc)
  const jsm = await jetstreamManager(nc, { checkAPI: false })
  const questions = new Questions(nc, inbox)
  const direct = new Direct(questions)
  let connected = true
  let reconnects = 0
  const refused = { publish: 0, subscription: 0 }
  const reconnected: (() => void)[] = []
  const denied = onceEach(options.onDenied)
  void watch(nc, status => {
    if (status.type === 'disconnect' || status.type === 'close') connected = false
    if (status.type === 'reconnect') {
      connected = true
      reconnects++
      for (const call of reconnected) call()
    }
    if (status.type === 'error' && status.error instanceof PermissionViolationError) {
      refused[status.error.operation]++
      denied(status.error)
    }
  })
  return {
    log: new NatsLog(nc, direct, js, jsm, options.streams),
    wire: new NatsWire(nc, questions),
    services: new NatsServices(nc, questions),
    snapshots: new NatsSnapshots(nc, jsm, inbox),
    announce: (subject, body) => nc.publish(subject, JSON.stringify(body)),
    hear: (subjects, handler) => hear(nc, typeof subjects === 'string' ? [subjects] : subjects, handler),
    bucket: (name, { ttlMs, storage }) =>
      NatsBucket.open(js, name, {
        ttl: ttlMs,
        history: 1,
        replicas: options.replicas ?? 1,
        storage: storage === 'memory' ? StorageType.Memory : StorageType.File,
      }),
    counter: prefix => {
      const stream = options.streams.find(({ subjects }) => subjects.some(pattern => matches(pattern, `${prefix}._`)))
      if (!stream) throw new Error(`no stream takes the counters ${prefix}`)
      return new NatsCounter(nc, direct, stream.name, prefix)
    },
    ensureStreams: () => ensureStreams(jsm, options.streams),
    get connected() {
      return connected
    },
    get figures() {
      const { inMsgs: messagesIn, outMsgs: messagesOut, inBytes: bytesIn, outBytes: bytesOut } = nc.stats()
      return { reconnects, denied: { ...refused }, messagesIn, messagesOut, bytesIn, bytesOut }
    },
    onReconnect: call => void reconnected.push(call),
    close: () => nc.drain(),
  }
}

const tlsOf = (files: TlsFiles = {}): { tls?: TlsFiles } => {
  const named = Object.entries(files).filter(([, file]) => file !== '')
  return named.length === 0 ? {} : { tls: Object.fromEntries(named) }
}

const hear = <T>(nc: NatsConnection, subjects: readonly string[], handler: (subject: string, body: T) => void): { stop(): void } => {
  const subscriptions = subjects.map(subject =>
    nc.subscribe(subject, {
      callback: (error, message) => {
        if (!error) deliver<T>(message, body => handler(message.subject, body))
      },
    }),
  )
  return {
    stop: () => {
      for (const subscription of subscriptions) subscription.unsubscribe()
    },
  }
}

const watch = async (nc: NatsConnection, tell: (status: Status) => void): Promise<void> => {
  for await (const status of nc.status()) tell(status)
}

const onceEach = (tell: NatsOptions['onDenied']): ((denied: Denied) => void) => {
  const told = new Set<string>()
  return ({ operation, subject }) => {
    const name = `${operation} ${subject}`
    if (told.size === MOST_DENIED || told.has(name)) return
    told.add(name)
    tell?.({ operation, subject })
  }
}
