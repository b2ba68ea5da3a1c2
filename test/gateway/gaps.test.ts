import { expect } from 'chai'
import fc from 'fast-check'
import { orderContext } from '../../actors/kinds/order.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { OrderBook } from '../../clients/shared/order-book.ts'
import { ENDED } from '../../machines/order-types.ts'
import { concerns } from '../../server/gateway/access.ts'
import type { OrderRow } from '../../server/gateway/reads.ts'
import { isOpen, type OpenReads } from '../../server/gateway/sync.ts'
import { Town, until } from './pusher-town.ts'

const customer = { role: 'customer', id: 'customer-1' } as const
const store = { role: 'store', id: 'store-1' } as const
type Who = typeof customer | typeof store

/** A projector that stands still until it is told how far to go: what it has not seen is not in its answers. */
class LaggingReads implements OpenReads {
  town: Town | undefined
  #position = 0
  isDown = false

  /** @param share 0…1 of what it has not seen yet */
  async advance(share: number): Promise<void> {
    const end = (await this.town?.log.end('ORDERS')) ?? 0
    this.#position += Math.floor((end - this.#position) * share)
  }

  async position(): Promise<number> {
    if (this.isDown) throw new Error('down')
    return this.#position
  }

  async openOrdersOf({ role, id }: { readonly role: string; readonly id: string }): Promise<readonly OrderRow[]> {
    if (this.isDown) throw new Error('down')
    return (await ordersAt(this.town, this.#position)).filter(({ state }) => {
      const { customer, store } = orderContext(state)
      return (role === 'customer' ? customer.id : store.id) === id
    })
  }
}

/** Every order as the log had it at a position. */
const ordersAt = async (town: Town | undefined, position: number): Promise<readonly OrderRow[]> => {
  const newest = new Map<string, OrderRow>()
  for await (const messages of town?.log.between<ActorRecord>('ORDERS', 'evt.order.>', 0, position) ?? [])
    for (const { body } of messages) newest.set(body.id, { id: body.id, version: body.version, at: body.at, state: body.state })
  return [...newest.values()]
}

/** A client whose line is cut and comes back: it believes what it is told, and nothing else. */
class Client {
  readonly who: Who
  readonly book = new OrderBook()
  readonly backwards: string[] = []
  readonly #town: Town
  #line: { readonly close: () => void } | undefined

  constructor(town: Town, who: Who) {
    this.#town = town
    this.who = who
  }

  /** Not waited for: what happens on the way in is what this is about. */
  come(): void {
    if (this.#line) return
    const seen = new Map<string, number>()
    const note = (id: string, version: number): void => {
      if (version < (seen.get(id) ?? 0)) this.backwards.push(`${id} from ${seen.get(id)} to ${version}`)
      seen.set(id, version)
    }
    const connection = this.#town.pusher.connect(this.who, (name, payload) => {
      if (name === 'sync') {
        const sync = payload as Parameters<OrderBook['sync']>[0]
        for (const { id, version } of sync.orders) note(id, version)
        this.book.sync(sync)
      }
      if (name === 'order') {
        const order = payload as Parameters<OrderBook['take']>[0]
        note(order.id, order.version)
        this.book.take(order)
      }
    })
    this.#line = connection
    void connection.open()
  }

  cut(): void {
    this.#line?.close()
    this.#line = undefined
  }
}

const EVENTS = ['accept', 'startCooking', 'finishCooking', 'cancel', 'reject'] as const
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('place' as const) }),
    fc.record({ do: fc.constant('move' as const), order: fc.nat(9), event: fc.constantFrom(...EVENTS) }),
    fc.record({ do: fc.constantFrom('cut' as const, 'come' as const), client: fc.nat(1) }),
    fc.record({ do: fc.constant('project' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ do: fc.constantFrom('down' as const, 'up' as const) }),
  ),
  { minLength: 5, maxLength: 40 },
)

describe('a client whose line is cut, and a projector that lags', () => {
  it('has exactly the truth after it came back, with versions that only grew', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async story => {
        const reads = new LaggingReads()
        await using town = await Town.open(reads)
        reads.town = town
        const clients = [new Client(town, customer), new Client(town, store)]
        let placed = 0
        for (const step of story) {
          switch (step.do) {
            case 'place':
              await town.placed(`o_${placed++}`)
              break
            case 'move': {
              const event = { type: step.event, prepMinutes: 5, reason: '재료 소진' }
              if (placed > 0) await town.tell(`order/o_${step.order % placed}`, event).catch(() => undefined) // not every order can do that now
              break
            }
            case 'cut':
              clients[step.client]?.cut()
              break
            case 'come':
              clients[step.client]?.come()
              break
            case 'project':
              await reads.advance(step.share)
              break
            default:
              reads.isDown = step.do === 'down'
          }
        }
        const orders = await ordersAt(town, await town.log.end('ORDERS'))
        for (const client of clients) {
          client.come()
          const open = orders.filter(row => isOpen(row) && concerns(client.who.role, row.state))
          const truth = open.map(({ id, version }) => `${id} ${version}`).sort()
          const shown = () =>
            client.book.all.filter(({ id }) => open.some(row => row.id === id)).map(({ id, version }) => `${id} ${version}`)
          await until(`${client.who.role} shows ${truth}`, () => shown().sort().join() === truth.join())
          expect(client.backwards).to.deep.equal([])
          const over = client.book.all.filter(({ id }) => !open.some(row => row.id === id))
          expect(
            over.every(({ status }) => ENDED.includes(status)),
            'what is over is not shown as if it were not',
          ).to.equal(true)
        }
      }),
      { numRuns: 150 },
    )
  }).timeout(120_000)
})
