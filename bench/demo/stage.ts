import { Api } from '../../clients/shared/api.ts'
import { Live } from '../../clients/shared/live.ts'
import type { OrderView } from '../../server/contract/order-view.ts'

export type Role = 'customer' | 'store' | 'rider'

/** One push, as one audience saw it. */
export interface Seen {
  readonly who: string
  readonly what: string
  readonly orderId: string
  /** Since the act that caused it was sent, as this process's clock tells. */
  readonly afterMs: number
}

/** How long a push may take before it counts as missing. */
const MISSING_AFTER_MS = 10_000

const column = (text: string, width: number): string => text.padEnd(width)

/** The people of the demo, what they do and what each of them is told. */
export class Stage implements AsyncDisposable {
  readonly api: Api
  readonly seen: Seen[] = []
  readonly #origin: string
  readonly #print: (line: string) => void
  readonly #actors: Actor[] = []
  #listeners: (() => void)[] = []
  #actedAtMs = performance.now()

  constructor(origin: string, print: (line: string) => void) {
    this.#origin = origin
    this.#print = print
    this.api = new Api(origin, 'en')
  }

  async enter(role: Role, login: string): Promise<Actor> {
    const { token } = await this.api.signIn({ role, login, password: 'demo' })
    const live = new Live({ origin: this.#origin, token, locale: 'en' })
    const actor: Actor = { login, token, live }
    this.#actors.push(actor)
    live.on('order', order => this.#tell(login, orderLine(order), order.id))
    live.on('delivery', ({ orderId, distanceM, store }) => this.#tell(login, `delivery near: ${store.name}, ${distanceM} m`, orderId))
    live.on('delivery:gone', ({ orderId, reason }) => this.#tell(login, `delivery gone: ${reason}`, orderId))
    live.on('rider:location', ({ orderId }) => this.#tell(login, 'rider:location', orderId))
    await live.connect()
    return actor
  }

  /** Does one thing and prints it; what follows is timed from here. */
  async act<Result>(who: string, what: string, doing: () => Promise<Result>): Promise<Result> {
    this.#print(`\n${who} ${what}`)
    this.#actedAtMs = performance.now()
    const result = await doing()
    this.#print(`  ${column(`${Math.round(performance.now() - this.#actedAtMs)} ms`, 8)} answered`)
    return result
  }

  /** Waits until `who` has been told of `what`. @throws Error when it does not come */
  async told(who: Actor, orderId: string, what: string): Promise<void> {
    const here = () => this.seen.some(seen => seen.who === who.login && seen.orderId === orderId && seen.what.startsWith(what))
    const missing = Promise.withResolvers<never>()
    const timer = setTimeout(() => missing.reject(new Error(`${who.login} was never told "${what}"`)), MISSING_AFTER_MS)
    try {
      while (!here()) await Promise.race([missing.promise, new Promise<void>(resolve => this.#listeners.push(resolve))])
    } finally {
      clearTimeout(timer)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { live } of this.#actors) live.close()
  }

  #tell(who: string, what: string, orderId: string): void {
    const afterMs = Math.round(performance.now() - this.#actedAtMs)
    this.seen.push({ who, what, orderId, afterMs })
    this.#print(`  ${column(`${afterMs} ms`, 8)} ${column(who, 12)} ${what}`)
    for (const resolve of this.#listeners.splice(0)) resolve()
  }
}

export interface Actor {
  readonly login: string
  readonly token: string
  readonly live: Live
}

const orderLine = ({ status, version, refund }: OrderView): string =>
  `order ${status}${refund === 'none' ? '' : ` (refund ${refund})`} · version ${version}`
