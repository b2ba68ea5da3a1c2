import { Api, ApiRefusal } from '../../clients/shared/api.ts'
import type { Live } from '../../clients/shared/live.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { CheckedLive, checkedFetch } from './checked.ts'
import { until } from './house.ts'

type Role = 'customer' | 'store' | 'rider' | 'ops'

export const HOME = { address: '서울 강남구 테헤란로 152', lat: 37.50006, lng: 127.03655 }

/** An answer as a stranger sees it: the status and the body, whatever they are. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: { readonly error?: { readonly code: string; readonly details?: Readonly<Record<string, unknown>> } } & Record<
    string,
    unknown
  >
}

/** Somebody with an account, who speaks REST and may open a socket. */
export class Somebody implements AsyncDisposable {
  readonly id: string
  readonly token: string
  readonly pushes: OrderView[] = []
  readonly #origin: string
  readonly #api: Api
  readonly #lives: Live[] = []

  private constructor(origin: string, id: string, token: string) {
    this.#origin = origin
    this.#api = new Api(origin, 'en', checkedFetch)
    this.id = id
    this.token = token
  }

  static async signIn(origin: string, role: Role, login: string): Promise<Somebody> {
    const { id, token } = await new Api(origin, 'en', checkedFetch).signIn({ role, login, password: 'demo' })
    return new Somebody(origin, id, token)
  }

  /** @param through another way to the gateway, such as a cable that can be cut */
  async listen(through: string = this.#origin): Promise<Live> {
    const live = new CheckedLive({ origin: through, token: this.token, locale: 'en' })
    this.#lives.push(live)
    live.on('order', order => this.pushes.push(order))
    await live.connect()
    return live
  }

  call<Body>(path: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET', body?: unknown, idempotencyKey?: string): Promise<Body> {
    return this.#api.call<Body>(path, {
      method,
      token: this.token,
      ...(body === undefined ? {} : { body }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    })
  }

  /** As `call`, for what is expected to be refused. */
  async refused(path: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET', body?: unknown, idempotencyKey?: string): Promise<string> {
    try {
      await this.call(path, method, body, idempotencyKey)
    } catch (error) {
      if (error instanceof ApiRefusal) return `${error.status} ${error.body.code}`
      throw error
    }
    return 'went through'
  }

  place(key: string, changes: Readonly<Record<string, unknown>> = {}): Promise<OrderView> {
    return this.call<OrderView>('/api/orders', 'POST', anOrder(changes), key)
  }

  order(id: string): Promise<OrderView> {
    return this.call<OrderView>(`/api/orders/${id}`)
  }

  act(id: string, what: string, body: object = {}, idempotencyKey?: string): Promise<OrderView> {
    return this.call<OrderView>(`/api/orders/${id}/${what}`, 'POST', body, idempotencyKey)
  }

  async sees(id: string, met: (order: OrderView) => boolean, what: string, withinMs?: number): Promise<OrderView> {
    let last: OrderView | undefined
    await until(
      `${this.id} sees ${what}`,
      async () => {
        last = await this.order(id)
        return met(last)
      },
      withinMs,
    )
    return last as OrderView
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const live of this.#lives) live.close()
  }
}

export const anOrder = (changes: Readonly<Record<string, unknown>> = {}) => ({
  storeId: 'store-1',
  items: [{ menuId: 'm-1-1', quantity: 1 }],
  deliverTo: HOME,
  paymentKey: 'pk_test_journey',
  ...changes,
})

/** Sends anything at all, as a stranger would. */
export const knock = async (origin: string, path: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await checkedFetch(new URL(path, origin), init)
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) }
}

export interface Ledger {
  readonly payments: readonly {
    readonly status: string
    readonly amount: number
    readonly confirms: number
    readonly balanceAmount: number
    readonly cancels: readonly unknown[]
  }[]
  readonly calls: readonly { readonly method: string; readonly path: string; readonly status: number }[]
}
/** How often the provider was called for it, however it answered. */
export const callsOf = ({ calls }: Ledger, operation: 'confirm' | 'cancel'): number =>
  calls.filter(({ method, path }) => method === 'POST' && path.endsWith(`/${operation}`)).length

export const ledgerOf = async (psp: string, orderId: string): Promise<Ledger> =>
  (await (await fetch(`${psp}/stand-in/ledger?orderId=${orderId}`)).json()) as Ledger
