import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { Cable } from '../../bench/chaos/cable.ts'
import { Live, type LiveOptions } from '../../clients/shared/live.ts'
import { DEFAULT_WINDOWS } from '../../machines/order-types.ts'
import type { Account } from '../../server/contract/account.ts'
import { ApiError } from '../../server/contract/errors.ts'
import { Catalogue } from '../../server/gateway/catalogue.ts'
import { followClaims } from '../../server/gateway/claims.ts'
import { type CommandRequest, Commands, type Executed } from '../../server/gateway/commands.ts'
import { PushTally } from '../../server/metrics/pushes.ts'
import { RequestMetrics } from '../../server/metrics/requests.ts'
import { attachSockets, type Sockets } from '../../server/sockets/sockets.ts'
import { Town } from '../gateway/pusher-town.ts'
import { systemClock } from '../harness/clock.ts'
import { generous, OPEN_DOORS } from '../harness/generous.ts'

/** Waits of a client that need not be spread over seconds. */
const SOON = { firstMs: 10, mostMs: 40 }

/** A real gateway on the memory twins, and a cable to it that can be cut. A token is `role/id`, or `role/id again`. */
export class Kitchen implements AsyncDisposable {
  readonly town: Town
  readonly cable: Cable
  /** Nobody is let in with these. */
  readonly expired = new Set<string>()
  /** Before a token is looked at. */
  checking: () => void = () => undefined
  /** Every command that came in. */
  readonly heard: CommandRequest[] = []
  /** Before a command is done. */
  before: (request: CommandRequest) => Promise<void> | void = () => undefined
  /** After it was done, and before it is answered. */
  after: (request: CommandRequest) => Promise<void> | void = () => undefined
  readonly #catalogue: Catalogue
  readonly #commands: Pick<Commands, 'execute'>
  readonly #http: Server
  readonly #sockets: Sockets
  readonly #opened: Live[] = []
  #ids = 0

  private constructor(town: Town, cable: Cable, catalogue: Catalogue, http: Server) {
    this.town = town
    this.cable = cable
    this.#catalogue = catalogue
    this.#http = http
    const commands = new Commands({
      log: town.log,
      router: town.router,
      records: town.pusher.orders,
      catalogue,
      intake: { admit: (_store, begin) => begin() },
      settings: { paymentWaitMs: 10, commandDeadlineMs: 10_000, riderLimit: 5, windows: DEFAULT_WINDOWS },
      now: () => town.clock.now(),
      newId: () => `id-${++this.#ids}`,
    })
    const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: (...args: unknown[]) => void town.warnings.push(args) }
    this.#commands = followClaims(commands, town.pusher, logger)
    this.#sockets = attachSockets(http, {
      clock: systemClock,
      delayMs: () => 0,
      budgets: generous(),
      metrics: new RequestMetrics(new Registry()),
      pushes: new PushTally(),
      doors: OPEN_DOORS,
      pass: async token => ({ account: this.#accountOf(token), issuedMs: 0 }),
      isEnded: () => false,
      commands: { execute: (account, request) => this.#execute(account, request) },
      positions: town.positions,
      pusher: town.pusher,
      setOnline: ({ id }, online) => town.tell(`rider/${id}`, { type: online ? 'goOnline' : 'goOffline' }, id),
      act: (account, id) => commands.seen(account, id),
      newId: () => `id-${++this.#ids}`,
      logger,
    })
  }

  static async open(): Promise<Kitchen> {
    const town = await Town.open()
    const catalogue = await Catalogue.open({ log: town.log, now: () => town.clock.now() })
    const http = createServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    const cable = await Cable.open()
    cable.upstream = (http.address() as AddressInfo).port
    return new Kitchen(town, cable, catalogue, http)
  }

  get origin(): string {
    return `http://127.0.0.1:${this.cable.port}`
  }

  /** Sockets that are open at the gateway. */
  get sockets(): number {
    return this.#sockets.count
  }

  live(token: LiveOptions['token'], options: Partial<LiveOptions> = {}): Live {
    const live = new Live({ origin: this.origin, token, locale: 'en', backoff: SOON, ...options })
    this.#opened.push(live)
    return live
  }

  async joins(token: LiveOptions['token'], options: Partial<LiveOptions> = {}): Promise<Live> {
    const live = this.live(token, options)
    await live.connect()
    return live
  }

  /** What has happened to an order, from its payment on. */
  async steps(orderId: string): Promise<string[]> {
    const records = await this.town.log.history({ kind: 'order', id: orderId })
    return records.slice(2).map(({ body }) => body.event.type)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const live of this.#opened) live.close()
    await this.#sockets.close()
    await this.cable[Symbol.asyncDispose]()
    this.#http.close()
    await this.#catalogue.stop()
    await this.town[Symbol.asyncDispose]()
  }

  #accountOf(token: string): Account {
    this.checking()
    if (this.expired.has(token)) throw new ApiError('TOKEN_EXPIRED')
    const [role = '', id = ''] = (token.split(' ')[0] ?? '').split('/')
    return { role: role as Account['role'], id }
  }

  async #execute(account: Account, request: CommandRequest): Promise<Executed> {
    this.heard.push(request)
    await this.before(request)
    const executed = await this.#commands.execute(account, request)
    await this.after(request)
    return executed
  }
}
