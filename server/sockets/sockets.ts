import type { Server as HttpServer, IncomingHttpHeaders } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { Server, type Socket } from 'socket.io'
import type { Clock } from '../../actors/clock.ts'
import type { Tracer } from '../../actors/tracing.ts'
import { ApiError } from '../contract/errors.ts'
import { addressOf } from '../gateway/address-of.ts'
import type { Budgets } from '../gateway/budgets.ts'
import type { Pass } from '../gateway/tokens.ts'
import type { PushTally } from '../metrics/pushes.ts'
import type { RequestMetrics } from '../metrics/requests.ts'
import { Answering } from './ack.ts'
import { Admission } from './admission.ts'
import { type Guest, handshake } from './handshake.ts'
import { HeadCount } from './head-count.ts'
import { Outbox } from './outbox.ts'
import { Pace } from './pace.ts'
import { type RequestServices, socketRequests } from './requests.ts'

export interface SocketServices extends RequestServices {
  /** @throws ApiError UNAUTHENTICATED or TOKEN_EXPIRED */
  readonly pass: (token: string) => Promise<Pass>
  /** Whether the session has been ended since. */
  readonly isEnded: (pass: Pass) => boolean
  readonly clock: Clock
  readonly budgets: Budgets
  readonly doors: SocketDoors
  /** How late the event loop is, ms. */
  readonly delayMs: () => number
  /** A new id, a subject token. */
  readonly newId: () => string
  readonly metrics: Pick<RequestMetrics, 'socket'>
  readonly pushes: PushTally
  readonly tracer?: Tracer | undefined
  /** Hears of each push that goes out. */
  readonly onPush?: () => void
  /** How long requests in hand may take to end when the server stops, default 2,000 ms. */
  readonly drainMs?: number
}

export interface SocketDoors {
  /** Proxies of ours in front. */
  readonly proxies: number
  /** Origins of pages that may connect from elsewhere. */
  readonly origins: readonly string[]
  /** Open at once. */
  readonly perAccount: number
  readonly perAddress: number
}

export interface Sockets {
  /** Connected now. */
  readonly count: number
  /** Waiting to be let in. */
  readonly waiting: number
  /**
   * Closes every connection so that its client comes back, within seconds and not all at once, to a new `sync`. To be called
   * when the connection to NATS was lost and is back: what was pushed in between has not been heard here.
   */
  renew(): void
  /** Closes, for good, those whose session is ended. To be called whenever one is. */
  end(): void
  /** Lets nobody in, finishes what is in hand, and closes; clients reconnect by themselves, elsewhere. The HTTP server stays open. */
  close(): Promise<void>
}

const MAX_MESSAGE_BYTES = 64 * 1024
/** On their way from the token to the first `sync` at once: enough to share their questions, few enough that each is answered in time. */
const ADMITTED_AT_ONCE = 256
/** From the connection until its token has been looked at: in a crowd it waits its turn. */
const ADMITTED_WITHIN_MS = 30_000

/** Attach it last: it takes `/socket.io` before the handlers that the server has by then. */
export const attachSockets = (httpServer: HttpServer, services: SocketServices): Sockets => {
  const answerings = new Map<Socket, Answering>()
  const guests = new WeakMap<Socket, { readonly guest: Guest; readonly entered: () => void }>()
  const admission = new Admission(ADMITTED_AT_ONCE)
  const heads = new HeadCount(services.doors)
  const pace = new Pace({ clock: services.clock, delayMs: services.delayMs })
  const requests = Object.entries(socketRequests(services))
  let closing = false

  const io = new Server(httpServer, {
    path: '/socket.io',
    serveClient: false,
    transports: ['websocket'],
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: ADMITTED_WITHIN_MS,
    allowRequest: ({ socket, headers }, decide) => {
      if (!isFromHere(headers, services.doors.origins)) return decide('origin', false)
      const enters =
        !closing &&
        pace.enter(
          () => socket.destroyed,
          () => decide(closing ? 'closing' : null, !closing),
        )
      if (!enters) decide(closing ? 'closing' : 'full', false)
    },
  })

  const welcome = (socket: Socket, guest: Guest, entered: () => void): void => {
    const address = addressOf(socket.request, services.doors.proxies)
    const left = heads.enter({ account: `${guest.account.role}/${guest.account.id}`, address })
    if (!left) throw new ApiError('TOO_MANY_REQUESTS')
    socket.conn.once('close', left)
    guests.set(socket, { guest, entered })
  }
  io.use(handshake(services.pass, welcome, admission))
  io.on('connection', socket => {
    const welcomed = guests.get(socket)
    if (!welcomed) return
    // An ending that came after the token was looked at, and before `serve` made it known to `end`, has not cut this one.
    if (services.isEnded(welcomed.guest.pass)) cut(socket)
    else serve(socket, welcomed.guest, welcomed.entered)
  })

  const serve = (socket: Socket, guest: Guest, entered: () => void): void => {
    forgetRequest(socket)
    const answering = new Answering(guest, services)
    const tooSlow = () => services.logger.warn({ account: guest.account }, 'a socket is too slow for what it is told')
    const outbox = outboxOf(socket, services, tooSlow)
    const connection = services.pusher.connect(guest.account, (name, payload) => outbox.push(name, payload))
    answerings.set(socket, answering)
    for (const [name, request] of requests) socket.on(name, (...args: unknown[]) => void answering.take(name, request, args))
    socket.on('error', error => services.logger.warn({ err: error, account: guest.account }, 'a socket sent what it may not'))
    socket.on('disconnect', () => {
      answerings.delete(socket)
      connection.close()
    })
    connection
      .open()
      .catch((error: unknown) => {
        services.logger.warn({ err: error, account: guest.account }, 'a socket could not be given its state')
        socket.conn.close() // not `disconnect`: after that a client stays away, after this it comes back with a backoff
      })
      .finally(entered)
  }

  return {
    get count() {
      return answerings.size
    },
    get waiting() {
      return pace.waiting
    },
    renew() {
      for (const socket of answerings.keys()) socket.conn.close()
    },
    end() {
      for (const socket of answerings.keys()) {
        const welcomed = guests.get(socket)
        if (welcomed && services.isEnded(welcomed.guest.pass)) cut(socket)
      }
    },
    async close() {
      closing = true
      const drained = Promise.all([...answerings.values()].map(answering => answering.drain()))
      await Promise.race([drained, pause(services.drainMs ?? 2_000, undefined, { ref: false })])
      const gone = [...answerings.keys()].map(socket => new Promise(resolve => socket.once('disconnect', resolve)))
      for (const socket of answerings.keys()) socket.conn.close()
      await Promise.race([Promise.all(gone), pause(500, undefined, { ref: false })])
      io.engine.close() // whoever does not read his last packets is cut off
    },
  }
}

/** A page of another origin may not speak here in a customer's name; what is no browser names none. */
const isFromHere = ({ origin, host }: IncomingHttpHeaders, origins: readonly string[]): boolean =>
  origin === undefined || origins.includes(origin) || (URL.canParse(origin) && new URL(origin).host === host)

/** Not `conn.close`: its client must not come back with this token. */
const cut = (socket: Socket): void => void socket.disconnect(true)

/** An idle socket keeps nothing of how it came: its request and its headers, the token among them, cost several KB each. */
const forgetRequest = (socket: Socket): void => {
  Object.assign(socket.conn, { request: undefined })
  Object.assign(socket.handshake, { headers: {}, auth: {}, query: {} })
}

/** @param tooSlow it is closed now, and its client comes back to a new sync */
const outboxOf = (socket: Socket, { pushes, onPush }: Pick<SocketServices, 'pushes' | 'onPush'>, tooSlow: () => void): Outbox => {
  let backlog = 0
  const outbox = new Outbox({
    send: (name, payload) => {
      socket.emit(name, payload)
      onPush?.()
    },
    backlog: () => backlog,
    tally: pushes,
    overflow: () => {
      tooSlow()
      socket.conn.close(true)
    },
  })
  socket.conn.on('packetCreate', () => void backlog++)
  socket.conn.on('flush', () => {
    backlog = 0
  })
  socket.conn.on('drain', () => outbox.drained())
  return outbox
}
