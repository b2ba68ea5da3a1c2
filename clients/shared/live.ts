import { io, type Socket } from 'socket.io-client'
import type { ErrorBody } from '../../server/contract/errors.ts'
import type { Ack, Answers, Asked, SocketCommand } from '../../server/contract/requests.ts'
import type { ClientEvents, ServerEvents } from './events.ts'
import { OrderBook } from './order-book.ts'

export interface LiveOptions {
  /** `http://localhost:8080` */
  readonly origin: string
  readonly token: string
  readonly locale?: 'ko' | 'en'
  /** How long an answer may take, default 15,000 ms; then the request rejects and its outcome is unknown. */
  readonly answerMs?: number
}

/** The server refused the token: sign in again. `code` is UNAUTHENTICATED or TOKEN_EXPIRED, or says what else went wrong. */
export class ConnectError extends Error {
  readonly code: string

  constructor({ code, message }: Pick<ErrorBody, 'message'> & { readonly code: string }) {
    super(message)
    this.name = 'ConnectError'
    this.code = code
  }
}

/**
 * One account's realtime connection. It reconnects by itself, and every connection begins with `sync`, so nothing has to be
 * asked for again.
 */
export class Live {
  /** Kept current by `sync`, `order` and answered commands. */
  readonly orders = new OrderBook()
  readonly #socket: Socket<ServerEvents, ClientEvents>
  readonly #answerMs: number

  constructor({ origin, token, locale, answerMs = 15_000 }: LiveOptions) {
    this.#answerMs = answerMs
    const auth = { token, ...(locale === undefined ? {} : { locale }) }
    this.#socket = io(origin, { transports: ['websocket'], auth, autoConnect: false, forceNew: true })
    this.#socket.on('sync', sync => this.orders.sync(sync))
    this.#socket.on('order', order => void this.orders.take(order))
  }

  /** Settled by the first `sync`. @throws ConnectError when the server does not let this token in; a server that is away is tried again */
  connect(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.once('sync', () => resolve())
      this.#socket.on('connect_error', error => {
        const refusal = (error as { readonly data?: ErrorBody }).data
        if (refusal) reject(new ConnectError(refusal))
      })
      this.#socket.connect()
    })
  }

  get connected(): boolean {
    return this.#socket.connected
  }

  /** Calls whenever the server says so. @returns a function that ends it */
  on<Name extends keyof ServerEvents>(name: Name, listener: ServerEvents[Name]): () => void {
    const { on, off } = this.#socket as { on: Listening; off: Listening }
    on.call(this.#socket, name, listener)
    return () => off.call(this.#socket, name, listener)
  }

  /** @throws Error when no answer came in time: ask again with the same idempotencyKey */
  async command(command: SocketCommand): Promise<Ack<Answers['command']>> {
    const ack = await this.#socket.timeout(this.#answerMs).emitWithAck('command', command)
    if (ack.ok) this.orders.take(ack.order)
    return ack
  }

  seen(orderId: string): Promise<Ack<Answers['seen']>> {
    return this.#socket.timeout(this.#answerMs).emitWithAck('seen', { orderId })
  }

  location(location: Asked['location']): Promise<Ack<Answers['location']>> {
    return this.#socket.timeout(this.#answerMs).emitWithAck('location', location)
  }

  /** The same without an answer, as a device does every few seconds. While there is no connection it is dropped: the next one is newer. */
  report(location: Asked['location']): void {
    if (this.#socket.connected) this.#socket.emit('location', location)
  }

  online(online: boolean): Promise<Ack<Answers['online']>> {
    return this.#socket.timeout(this.#answerMs).emitWithAck('online', { online })
  }

  close(): void {
    this.#socket.disconnect()
  }
}

type Listening = (name: keyof ServerEvents, listener: ServerEvents[keyof ServerEvents]) => unknown
