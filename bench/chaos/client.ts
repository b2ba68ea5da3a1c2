import { setTimeout as pause } from 'node:timers/promises'
import { Api } from '../../clients/shared/api.ts'
import type { Command } from '../../clients/shared/commands.ts'
import { Live } from '../../clients/shared/live.ts'
import { ERRORS } from '../../server/contract/error-table.ts'
import { COMMAND_PATHS, type CommandName } from '../../server/contract/order-commands.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { commandIdOf, orderIdOf } from '../../server/gateway/fingerprint.ts'
import type { Dice } from './dice.ts'
import type { Answer, Shown } from './evidence.ts'
import type { History } from './history.ts'

/** One try's patience; a paused gateway is silent for up to 10 s. */
const TRY_MS = 6_000
/** How long a client goes on asking the same thing. */
const GIVE_UP_MS = 120_000
/** Of the commands, so many are sent twice at once, by REST and by socket, as a nervous thumb does. */
const DOUBLED = 0.1

export interface ClientParts {
  readonly origin: string
  readonly history: History
  readonly dice: Dice
}
interface Wish {
  readonly name: CommandName
  readonly orderId: string
  readonly key: string
  readonly body: object
}

/** Somebody with an app: asks by REST or by socket, and again under the same key until there is an answer. */
export class Client implements AsyncDisposable {
  readonly id: string
  readonly live: Live
  readonly #token: string
  readonly #parts: ClientParts
  /** Told in this connection, by order. */
  readonly #told = new Map<string, number>()
  #keys = 0

  private constructor(id: string, token: string, parts: ClientParts) {
    this.id = id
    this.#token = token
    this.#parts = parts
    this.live = new Live({ origin: parts.origin, token, locale: 'en', answerMs: TRY_MS, retryForMs: 0 })
    this.live.on('sync', ({ orders }) => {
      this.#told.clear()
      for (const { id, version } of orders) this.#told.set(id, version)
    })
    this.live.on('order', ({ id, version }) => {
      const before = this.#told.get(id) ?? 0
      if (version < before) parts.history.backwards.push({ client: this.id, orderId: id, from: before, to: version })
      this.#told.set(id, version)
    })
  }

  static async enter(role: 'customer' | 'store' | 'rider', login: string, parts: ClientParts): Promise<Client> {
    const { id, token } = await new Api(parts.origin).signIn({ role, login, password: 'demo' })
    const client = new Client(id, token, parts)
    await client.live.connect()
    return client
  }

  get shown(): readonly Shown[] {
    return this.live.orders.all.map(({ id, version, status, refund, rider }) => ({
      client: this.id,
      orderId: id,
      version,
      status,
      refund,
      ...(rider === undefined ? {} : { rider: rider.id }),
    }))
  }

  /** The id that an order of this customer's will have. */
  newOrder(): { readonly key: string; readonly orderId: string } {
    const key = this.#newKey('place')
    return { key, orderId: orderIdOf(this.id, key) }
  }

  place(key: string, orderId: string, body: object): Promise<Answer> {
    return this.#ask({ name: 'place', orderId, key, body }, `place:${orderId}`)
  }

  async act(name: Exclude<CommandName, 'place'>, orderId: string, body: object = {}): Promise<Answer> {
    const key = this.#newKey(name)
    const ask = (): Promise<Answer> => this.#ask({ name, orderId, key, body }, commandIdOf(name, this.id, key))
    if (this.#parts.dice.next() >= DOUBLED) return ask()
    const [one, other] = await Promise.all([ask(), ask()])
    return one.kind === 'moved' ? one : other
  }

  /** The order as the gateway has it now; undefined when nobody answers. */
  async read(orderId: string): Promise<OrderView | undefined> {
    const { history } = this.#parts
    const known = history.known(orderId)
    const answer = await this.#rest(`/api/orders/${orderId}`, {}).catch(() => undefined)
    if (answer?.version === undefined) return undefined
    const { version } = answer as OrderView
    if (version < known) history.backwards.push({ client: `${this.id} by GET`, orderId, from: known, to: version })
    history.learn(orderId, version)
    return answer as OrderView
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.live.close()
  }

  #newKey(name: string): string {
    return `${name}-${this.#keys++}`
  }

  async #ask(wish: Wish, commandId: string): Promise<Answer> {
    const { dice, history } = this.#parts
    const askedAt = Date.now()
    let answer: Answer = { kind: 'unknown', code: 'NEVER_ASKED' }
    let tries = 0
    while (answer.kind === 'unknown' && Date.now() - askedAt < GIVE_UP_MS) {
      if (tries > 0) await pause(Math.min(1_000, 100 * 2 ** tries) * (0.5 + dice.next() / 2))
      tries++
      const byRest = dice.next() < 0.5 || !this.live.connected
      answer = await (byRest ? this.#byRest(wish) : this.#bySocket(wish)).catch((error: unknown) => ({
        kind: 'unknown' as const,
        code: error instanceof Error ? error.name : String(error),
      }))
    }
    const { name, orderId } = wish
    history.add({ commandId, orderId, name, by: this.id, askedAt, answeredAt: Date.now(), tries, answer })
    return answer
  }

  async #byRest({ name, orderId, key, body }: Wish): Promise<Answer> {
    const path = name === 'place' ? '/api/orders' : `/api/orders/${orderId}/${COMMAND_PATHS[name]}`
    const answer = await this.#rest(path, { method: 'POST', headers: { 'idempotency-key': key }, body: JSON.stringify(body) })
    return answerOf(answer.error?.code, answer)
  }

  async #bySocket({ name, orderId, key, body }: Wish): Promise<Answer> {
    const command = { ...body, name, idempotencyKey: key, ...(name === 'place' ? {} : { orderId }) } as Command
    const ack = await this.live.command(command)
    return ack.ok ? answerOf(undefined, ack.order) : answerOf(ack.error.code, {})
  }

  async #rest(path: string, init: RequestInit): Promise<Partial<OrderView> & { readonly error?: { readonly code: string } }> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json', ...init.headers }
    const response = await fetch(new URL(path, this.#parts.origin), { ...init, headers, signal: AbortSignal.timeout(TRY_MS) })
    return (await response.json()) as Awaited<ReturnType<Client['read']>> & object
  }
}

/** An error that promises nothing (5xx, 429) is no answer; neither is a success without a version: the order waits to be taken. */
const answerOf = (code: string | undefined, view: Partial<OrderView>): Answer => {
  if (code !== undefined) {
    const status = (ERRORS as Readonly<Record<string, { readonly status: number }>>)[code]?.status ?? 500
    return status >= 500 || status === 429 ? { kind: 'unknown', code } : { kind: 'refused', code }
  }
  if (!view.version || view.status === undefined) return { kind: 'unknown', code: 'TAKEN_FOR_LATER' }
  return { kind: 'moved', version: view.version, status: view.status }
}
