import { Cable } from '../../bench/chaos/cable.ts'
import type { Live } from '../../clients/shared/live.ts'
import { ENDED } from '../../machines/order-types.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { Somebody } from '../harness/people.ts'

/** What is open, as a list that can be compared: `o_1 at 3`. */
export const openOnes = (orders: readonly OrderView[]): string[] =>
  orders
    .filter(({ status, refund }) => !ENDED.includes(status) || refund === 'pending')
    .map(({ id, version }) => `${id} at ${version}`)
    .sort()

/** A store's tablet, connected through a cable of its own. It notes whatever it is shown that it should not be. */
export class Tablet implements AsyncDisposable {
  /** Times it came back and was told everything. */
  syncs = 0
  readonly wrong: string[] = []
  readonly #cable: Cable
  readonly #highest = new Map<string, number>()
  #live: Live | undefined

  private constructor(cable: Cable) {
    this.#cable = cable
  }

  static async open(store: Somebody, gatewayPort: number): Promise<Tablet> {
    const tablet = new Tablet(await Cable.open())
    tablet.#cable.upstream = gatewayPort
    const live = await store.listen(`http://127.0.0.1:${tablet.#cable.port}`)
    tablet.#live = live
    live.on('sync', ({ orders }) => tablet.#wake(orders))
    live.on('order', order => tablet.#show(order))
    return tablet
  }

  /** Without a network from now on. */
  sleep(): void {
    this.#cable.set('cut')
  }

  wake(): void {
    this.#cable.set('open')
  }

  get connected(): boolean {
    return this.#live?.connected === true
  }

  get open(): string[] {
    return openOnes(this.#live?.orders.all ?? [])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#live?.close()
    await this.#cable[Symbol.asyncDispose]()
  }

  #wake(orders: readonly OrderView[]): void {
    this.syncs++
    const ids = orders.map(({ id }) => id)
    if (new Set(ids).size < ids.length) this.wrong.push(`a sync names an order twice: ${ids.join(' ')}`)
    for (const { id, version } of orders) {
      const before = this.#highest.get(id) ?? 0
      if (version < before) this.wrong.push(`a sync shows ${id} at ${version} after ${before}`)
      this.#highest.set(id, version)
    }
  }

  /** Within a connection nothing is told twice. */
  #show({ id, version }: OrderView): void {
    const before = this.#highest.get(id) ?? 0
    if (version <= before) this.wrong.push(`${id} is pushed at ${version} after ${before}`)
    this.#highest.set(id, version)
  }
}
