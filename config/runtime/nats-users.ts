import { createHmac } from 'node:crypto'
import type { Role } from './wiring.ts'

/** `admin` is the house itself: it makes the streams, and works on them by verify, rebuild and the benchmarks. */
export const NATS_USERS = ['admin', 'actors', 'gateway', 'worker', 'ops', 'viewer'] as const
export type NatsUser = (typeof NATS_USERS)[number]

/** Undefined: the stand-ins have no business there. */
export const userOf = (role: Role | 'migrate' | 'seed'): NatsUser | undefined => {
  switch (role) {
    case 'actors':
      return 'actors'
    case 'web':
      return 'gateway'
    case 'migrate':
    case 'seed':
      return 'admin'
    case 'projector':
    case 'payments':
    case 'notifier':
      return 'worker'
    case 'psp':
    case 'kakao':
      return undefined
  }
}

/** Each its own, from the one secret of the data directory: hex. */
export const passwordOf = (secret: string, user: NatsUser): string =>
  createHmac('sha256', secret).update(`nats:${user}`).digest('hex').slice(0, 40)

interface Rights {
  readonly publish: { readonly allow?: readonly string[]; readonly deny?: readonly string[] }
  readonly subscribe: { readonly allow?: readonly string[]; readonly deny?: readonly string[] }
}

const STREAMS = ['ORDERS', 'ENTITIES', 'INBOX', 'INTAKE', 'DEADLETTERS'] as const
/** What would take the log away, or make it another one. Buckets are streams, too, and are made by whoever needs them first. */
const DESTROYING = [
  '$JS.API.STREAM.LEADER.STEPDOWN.>',
  ...['DELETE', 'PURGE', 'MSG.DELETE', 'RESTORE', 'SNAPSHOT', 'PEER.REMOVE'].map(act => `$JS.API.STREAM.${act}.>`),
  ...STREAMS.flatMap(stream => [`$JS.API.STREAM.CREATE.${stream}`, `$JS.API.STREAM.UPDATE.${stream}`]),
  '$JS.API.META.>',
  '$JS.API.ACCOUNT.>',
]
/** What only an actor's host writes: the records, what they ask for, and what fell due of it. All that takes JetStream's schedules is among it. */
const DECIDED = ['evt.>', 'fx.>', 'timer.>', 'due.>', 'out.>']
/** Dead letters, by whoever carries messages, and that one is to be tried again, by a gateway: hosts write again what is in the letter. */
const LETTERS = 'dead.*.*.*.*'
const RETRIES = 'dead.*.*.*.*.*'
/** A host answers commands; whoever else did would answer in its name. */
const ANSWERING = ['cmd.>']
/** So does a gateway for operators, and a host that is told to leave. */
const OPERATING = ['ops.>', 'host.>']
/** What operators want of all processes, in a gateway's words: `server/log-level.ts`. */
const WISHES = ['log.>']
/** What operators ask and nothing is changed by: `server/contract/ops-requests.ts`. */
const LOOKING = ['ops.order.get', 'ops.order.timeline', 'ops.breaker.get', 'ops.hosts', 'ops.deadletters', 'ops.lag']
/** Where riders are is for those whose delivery they carry. */
const PLACES = ['pos.>', 'live.$KV.>']

/** Where each user hears what he has asked: `actors/nats/inboxes.ts`. Whoever names no user hears in `_INBOX.>`. */
const inboxesBut = (...own: readonly NatsUser[]): string[] => NATS_USERS.filter(user => !own.includes(user)).map(user => `_INBOX_${user}.>`)

const KEPT = ['ORDERS', 'ENTITIES', 'DEADLETTERS']
/** No consumers: whoever may make one may take another one's work away. */
const READ_ONLY = [
  '$JS.API.INFO',
  '$JS.API.STREAM.NAMES',
  '$JS.API.STREAM.LIST',
  '$JS.API.STREAM.INFO.>',
  // Of the streams that keep what happened; the buckets hold sessions and places.
  ...KEPT.flatMap(stream => [`$JS.API.STREAM.MSG.GET.${stream}`, `$JS.API.DIRECT.GET.${stream}`, `$JS.API.DIRECT.GET.${stream}.>`]),
  '$JS.API.CONSUMER.NAMES.>',
  '$JS.API.CONSUMER.LIST.>',
  '$JS.API.CONSUMER.INFO.>',
]
const SERVICES = ['$SRV.>']

/**
 * Who may say what, and hear what. A process of ours that was taken over reaches no further than its work: a gateway writes no record, a worker
 * answers no command, and none of them can take a stream away. Those who look on are given what they may do, the others are denied what they must not:
 * a subject that was forgotten in a list of what is allowed would stop orders.
 */
export const NATS_RIGHTS: Readonly<Record<NatsUser, Rights>> = {
  admin: { publish: {}, subscribe: {} },
  actors: { publish: { deny: DESTROYING }, subscribe: {} },
  gateway: {
    publish: { deny: [...DESTROYING, ...DECIDED, LETTERS] },
    subscribe: { deny: [...ANSWERING, 'host.>', ...inboxesBut('gateway')] },
  },
  worker: {
    publish: { deny: [...DESTROYING, ...DECIDED, ...OPERATING, ...WISHES, 'inbox.>', 'intake.>', RETRIES] },
    subscribe: { deny: [...ANSWERING, ...OPERATING, ...inboxesBut('worker')] },
  },
  ops: {
    publish: { allow: [...READ_ONLY, ...SERVICES, 'ops.>'] },
    subscribe: { deny: [...ANSWERING, ...OPERATING, ...PLACES, ...inboxesBut('ops')] },
  },
  // Nothing of JetStream: it answers with rights of its own, to whatever subject a question names.
  viewer: {
    publish: { allow: [...SERVICES, ...LOOKING] },
    subscribe: { deny: [...ANSWERING, ...OPERATING, ...PLACES, ...inboxesBut('viewer')] },
  },
}

/** @param password of each */
export const usersWith = (password: (user: NatsUser) => string) =>
  NATS_USERS.map(user => ({ user, password: password(user), permissions: NATS_RIGHTS[user] }))

/** For nats-server: the users, and that whoever names none is one who looks on. It listens on the loopback address only. */
export const authorization = (secret: string): string => {
  const users = usersWith(user => passwordOf(secret, user))
  return `authorization ${JSON.stringify({ users }, undefined, 2)}\nno_auth_user: viewer\n`
}

/** Where a server of a deployment finds one's password in its environment. */
export const passwordVariable = (user: NatsUser): string => `NATS_${user.toUpperCase()}_PASSWORD`

/** Servers of a cluster know each other by it: any process could join them otherwise, and step around the users. */
export const routePassword = (secret: string): string => createHmac('sha256', secret).update('nats:route').digest('hex').slice(0, 40)

/** The same servers, each with the user's name and password. @param url one or more, comma separated */
export const asUser = (url: string, user: NatsUser, secret: string): string =>
  url
    .split(',')
    .map(each => {
      const named = new URL(each)
      named.username = user
      named.password = passwordOf(secret, user)
      return named.href
    })
    .join(',')
