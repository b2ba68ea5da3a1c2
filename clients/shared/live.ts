import type { ErrorBody } from '../../server/contract/errors.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { Ack } from '../../server/contract/requests.ts'
import type { LocationBody } from '../../server/contract/riders.ts'
import { Asking } from './asking.ts'
import { type Backoff, DEFAULT_BACKOFF } from './backoff.ts'
import type { Command } from './commands.ts'
import type { ServerEvents } from './events.ts'
import { Line, type TokenSource } from './line.ts'
import { newKey as randomKey } from './new-key.ts'
import { OrderBook, type Progress } from './order-book.ts'
import { type ConnectError, NoAnswer } from './refusals.ts'
import { ServerClock } from './server-clock.ts'

export interface LiveOptions {
  /** `http://localhost:8080` */
  readonly origin: string
  /** Asked for at every connection when it is a function. */
  readonly token: TokenSource
  readonly locale?: 'ko' | 'en'
  /** How long one answer may take, default 15,000 ms. */
  readonly answerMs?: number
  /** How long a command is sent again after it got no answer, or one that only says "not now". Default 30,000 ms; 0: never. */
  readonly retryForMs?: number
  /** Between connections, and between the tries of a command. */
  readonly backoff?: Partial<Backoff>
  /** The device's clock, milliseconds since 1970. */
  readonly now?: () => number
  /** 0…1, for the spread of the waits. */
  readonly random?: () => number
  /** A new idempotency key, 1…200 printable ASCII characters. */
  readonly newKey?: () => string
}

export interface CommandOptions {
  /** `shown`: refuse, with VERSION_MISMATCH, unless the order still is as the book shows it. */
  readonly expect?: 'shown'
  /** Instead of the connection's own `retryForMs`. */
  readonly retryForMs?: number
}

/**
 * One account's realtime connection. It reconnects by itself, and every connection begins with `sync`, so nothing has to be
 * asked for again.
 */
export class Live {
  /** Kept current by `sync`, `order` and answered commands. */
  readonly orders = new OrderBook()
  /** The server's time, as of the newest connection. */
  readonly clock: ServerClock
  readonly #line: Line
  readonly #asking: Asking
  readonly #answerMs: number
  readonly #retryForMs: number
  readonly #newKey: () => string

  constructor({ origin, token, locale, answerMs = 15_000, retryForMs = 30_000, ...options }: LiveOptions) {
    const { now = Date.now, random = Math.random, newKey = randomKey } = options
    const backoff = { ...DEFAULT_BACKOFF, ...options.backoff }
    this.#answerMs = answerMs
    this.#retryForMs = retryForMs
    this.#newKey = newKey
    this.clock = new ServerClock(now)
    const heard: ServerEvents['sync'] = sync => this.orders.sync(sync)
    const { clock } = this
    this.#line = new Line({ origin, token, ...(locale === undefined ? {} : { locale }), backoff, clock, now, random, heard })
    this.#asking = new Asking({ line: this.#line, backoff, random, answerMs })
    this.#line.socket.on('order', order => void this.orders.take(order))
  }

  /** Settled by the first `sync`. @throws ConnectError when the server does not let this token in; a server that is away is tried again */
  async connect(): Promise<void> {
    let unhear = (): void => undefined
    const refused = new Promise<never>((_, reject) => {
      unhear = this.#line.onRefused(reject)
    })
    this.#line.open()
    try {
      if (!(await Promise.race([this.#line.whenReady(), refused]))) throw new NoAnswer('NOT_SENT')
    } finally {
      unhear()
    }
  }

  /** In sync: what the book shows is so. */
  get connected(): boolean {
    return this.#line.ready
  }

  /** Called when the line comes and when it goes, with `connected`. @returns a function that ends it */
  onLine(listener: (connected: boolean) => void): () => void {
    const { socket } = this.#line
    const tell = (): void => listener(this.#line.ready)
    socket.on('sync', tell).on('disconnect', tell)
    return () => socket.off('sync', tell).off('disconnect', tell)
  }

  /** The token is good no more: give another to `resume`. @returns a function that ends it */
  onRefused(listener: (refusal: ConnectError) => void): () => void {
    return this.#line.onRefused(listener)
  }

  /** Tries again at once, with a new token or because the network is back; the book and what waits are kept. */
  resume(token?: TokenSource): void {
    this.#line.open(token)
  }

  /** The server's time, milliseconds since 1970; how good it is says `clock`. */
  serverNow(): number {
    return this.clock.now()
  }

  /** Calls whenever the server says so. @returns a function that ends it */
  on<Name extends keyof ServerEvents>(name: Name, listener: ServerEvents[Name]): () => void {
    const { on, off } = this.#line.socket as { on: Listening; off: Listening }
    on.call(this.#line.socket, name, listener)
    return () => off.call(this.#line.socket, name, listener)
  }

  /**
   * Sent until there is an answer, always under one key: the command's own, or a new one. While there is no connection it waits for one.
   * @throws NoAnswer when there was none: it says whether the outcome is unknown, and the key under which to ask again
   */
  async command(command: Command, { expect, retryForMs = this.#retryForMs }: CommandOptions = {}): Promise<CommandAck> {
    const { idempotencyKey = this.#newKey() } = command
    const asked = { ...command, ...(expect === 'shown' ? { expectedVersion: this.#shown(command) } : {}), idempotencyKey }
    const send = (answerMs: number): Promise<CommandAck> => this.#line.socket.timeout(answerMs).emitWithAck('command', asked)
    const ack = await this.#asking.ask(send, { withinMs: retryForMs, idempotencyKey })
    if (ack.ok) this.orders.take(ack.order)
    else if (command.orderId !== undefined) this.#learn(command.orderId, ack.error)
    return ack
  }

  /** Doing it twice is doing it once, so it needs no key. @throws NoAnswer */
  seen(orderId: string, { retryForMs = this.#retryForMs }: Pick<CommandOptions, 'retryForMs'> = {}): Promise<Ack<object>> {
    const send = (answerMs: number): Promise<Ack<object>> => this.#line.socket.timeout(answerMs).emitWithAck('seen', { orderId })
    return this.#asking.ask(send, { withinMs: retryForMs })
  }

  /** One try: a position that got no answer is followed by a newer one. */
  location(location: LocationBody): Promise<Ack<{ readonly accepted: boolean }>> {
    return this.#line.socket.timeout(this.#answerMs).emitWithAck('location', location)
  }

  /** The same without an answer, as a device does every few seconds. While there is no connection it is dropped: the next one is newer. */
  report(location: LocationBody): void {
    if (this.#line.ready) this.#line.socket.emit('location', location)
  }

  /** One try: repeated later, it might undo what was said since. */
  online(online: boolean): Promise<Ack<{ readonly online: boolean }>> {
    return this.#line.socket.timeout(this.#answerMs).emitWithAck('online', { online })
  }

  close(): void {
    this.#line.close()
  }

  #shown({ orderId = '' }: Command): number {
    const shown = this.orders.get(orderId)
    if (!shown) throw new Error(`the book does not show ${orderId}: there is no version to expect`)
    return shown.version
  }

  #learn(orderId: string, { details }: ErrorBody): void {
    const { version, status } = (details ?? {}) as Partial<Progress>
    if (typeof version === 'number' && typeof status === 'string') this.orders.note(orderId, { version, status })
  }
}

type CommandAck = Ack<{ readonly order: OrderView }>
type Listening = (name: keyof ServerEvents, listener: ServerEvents[keyof ServerEvents]) => unknown
