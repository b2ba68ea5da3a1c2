import { io, type Socket } from 'socket.io-client'
import type { ErrorBody } from '../../server/contract/errors.ts'
import type { Pushes } from '../../server/contract/pushes.ts'
import { type Backoff, waitMs } from './backoff.ts'
import type { ClientEvents, ServerEvents } from './events.ts'
import { ConnectError } from './refusals.ts'
import { isRetryable } from './retryable.ts'
import type { ServerClock } from './server-clock.ts'

/** A token, or a way to one: it is asked at every connection, so it may give a new one. */
export type TokenSource = string | (() => string | Promise<string>)

export interface LineOptions {
  readonly origin: string
  readonly token: TokenSource
  readonly locale?: 'ko' | 'en'
  readonly backoff: Backoff
  readonly clock: ServerClock
  readonly now: () => number
  readonly random: () => number
  /** Everything that is open, at every connection; called before anybody is told that the line is ready. */
  readonly heard: (sync: Pushes['sync']) => void
}

type Phase = 'idle' | 'away' | 'ready' | 'refused' | 'closed'

/**
 * One account's connection, held up.
 * L1. Whatever ended it, it is tried again after a spread and growing wait, unless the app has closed it or the token was refused. The wait
 *     starts anew only with a `sync`: a server that lets in and cannot serve is not stormed. (Socket.IO's own reconnection starts anew as
 *     soon as the transport opens, and never after the server said `disconnect`; so it is off.)
 * L2. A token that was refused is not shown a second time, unless the app says so.
 * L3. It is ready from `sync` on: by then the app knows what it is about to act on.
 */
export class Line {
  readonly socket: Socket<ServerEvents, ClientEvents>
  readonly #options: LineOptions
  readonly #waiting = new Set<(ready: boolean) => void>()
  readonly #refusedListeners = new Set<(refusal: ConnectError) => void>()
  #token: TokenSource
  #phase: Phase = 'idle'
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Which connection this is: what belongs to one before is dropped. */
  #attempt = 0
  #shown: string | undefined
  #askedMs = 0
  #grantedMs = 0

  constructor(options: LineOptions) {
    this.#options = options
    this.#token = options.token
    this.socket = io(options.origin, {
      transports: ['websocket'],
      auth: give => void this.#show(give),
      autoConnect: false,
      forceNew: true,
      reconnection: false, // L1
    })
    this.socket.on('connect', () => {
      this.#grantedMs = options.now()
    })
    this.socket.on('sync', sync => this.#ready(sync))
    this.socket.on('disconnect', () => {
      if (this.#phase !== 'refused') this.#again() // L2
    })
    this.socket.on('connect_error', error => this.#failed((error as { readonly data?: ErrorBody }).data))
  }

  get ready(): boolean {
    return this.#phase === 'ready'
  }

  /** Told when the server lets this token in no more, and nothing is tried until there is another. @returns a function that ends it */
  onRefused(listener: (refusal: ConnectError) => void): () => void {
    this.#refusedListeners.add(listener)
    return () => this.#refusedListeners.delete(listener)
  }

  /** Connects, or tries again at once: with a new token, or because the network is back. A try that is under way is left to its end. */
  open(token?: TokenSource): void {
    if (token !== undefined) this.#token = token
    if (this.#phase === 'ready' || (this.#phase === 'away' && this.#timer === undefined)) return
    this.#try()
  }

  /** For good, until `open`. */
  close(): void {
    this.#phase = 'closed'
    this.#attempt++
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.socket.disconnect()
    this.#wake(false)
  }

  /** True when it is ready, false when it is not within the time or was closed. @param withinMs absent: however long it takes */
  whenReady(withinMs?: number): Promise<boolean> {
    if (this.#phase === 'ready' || this.#phase === 'closed') return Promise.resolve(this.#phase === 'ready')
    return new Promise(resolve => {
      const settle = (ready: boolean): void => {
        clearTimeout(timer)
        this.#waiting.delete(settle)
        resolve(ready)
      }
      const timer = withinMs === undefined ? undefined : setTimeout(settle, withinMs, false)
      this.#waiting.add(settle)
    })
  }

  #try(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#phase = 'away'
    this.#attempt++
    this.socket.connect()
  }

  async #show(give: (auth: object) => void): Promise<void> {
    const attempt = this.#attempt
    try {
      const token = await this.#newToken()
      if (attempt !== this.#attempt) return
      this.#shown = token
      this.#askedMs = this.#options.now()
      give({ token, ...(this.#options.locale === undefined ? {} : { locale: this.#options.locale }) })
    } catch {
      if (attempt !== this.#attempt) return
      this.socket.disconnect()
      this.#again() // whoever gives out tokens is away as well
    }
  }

  async #newToken(): Promise<string> {
    return typeof this.#token === 'function' ? this.#token() : this.#token
  }

  #ready(sync: Pushes['sync']): void {
    this.#phase = 'ready'
    this.#tries = 0
    const { clock, now, heard } = this.#options
    clock.take({ askedMs: this.#askedMs, grantedMs: this.#grantedMs, heardMs: now(), serverMs: Date.parse(sync.serverTime) })
    heard(sync)
    this.#wake(true)
  }

  #failed(refusal: ErrorBody | undefined): void {
    if (refusal === undefined || isRetryable(refusal.code)) this.#again()
    else if (this.#phase !== 'closed') void this.#refused(new ConnectError(refusal))
  }

  /** L2 */
  async #refused(refusal: ConnectError): Promise<void> {
    this.#phase = 'refused'
    const attempt = ++this.#attempt
    const token = await this.#newToken().catch(() => undefined)
    if (attempt !== this.#attempt) return
    if (token !== this.#shown) return this.#again()
    for (const listener of this.#refusedListeners) listener(refusal)
  }

  /** L1 */
  #again(): void {
    if (this.#phase === 'closed' || this.#phase === 'idle' || this.#timer !== undefined) return
    this.#phase = 'away'
    this.#attempt++
    const { backoff, random } = this.#options
    this.#timer = setTimeout(() => this.#try(), waitMs(backoff, this.#tries++, random()))
  }

  #wake(ready: boolean): void {
    for (const settle of [...this.#waiting]) settle(ready)
  }
}
