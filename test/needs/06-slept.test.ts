import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'chai'
import { Dice } from '../../bench/chaos/dice.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import { anOrder, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'
import { type Door, insist, isPlaced, restDoor } from './doors.ts'
import { openOnes, Tablet } from './tablet.ts'

const SEED = 20_260_314
const STORES = [7, 8]
const TABLETS_EACH = 10
/** How long orders move and cables are cut in each round. */
const ROUND_MS = 4_000
/** People of each store who work on orders at once. */
const HANDS = 4

describe('need 6: a tablet that slept shows every order after it wakes, and none too many', function () {
  this.timeout(90_000)
  const shared = sharedHouse()
  const dice = new Dice(SEED)
  let customer: Somebody
  let stores: Somebody[]
  const tablets: Tablet[][] = []
  /** Orders of each store by id, as they were last read; those at their end are not read again. */
  const known = STORES.map(() => new Map<string, OrderView>())
  let keys = 0

  before(async () => {
    const { url } = shared.house
    customer = await Somebody.signIn(url, 'customer', 'customer-14')
    stores = await Promise.all(STORES.map(number => Somebody.signIn(url, 'store', `store-${number}`)))
    const port = Number(new URL(url).port)
    for (const store of stores) tablets.push(await Promise.all(Array.from({ length: TABLETS_EACH }, () => Tablet.open(store, port))))
  })
  after(async () => {
    for (const tablet of tablets.flat()) await tablet[Symbol.asyncDispose]()
    for (const who of [customer, ...stores]) await who[Symbol.asyncDispose]()
  })

  /** One order and some of its life; where it is left, it stays. */
  const live = async (which: number): Promise<void> => {
    const number = STORES[which]
    const [asCustomer, asStore]: [Door, Door] = [restDoor(customer), restDoor(stores[which] as Somebody)]
    const items = [{ menuId: `m-${number}-1`, quantity: 1 }]
    const body = anOrder({ storeId: `store-${number}`, items, paymentKey: `pk_test_slept_${++keys}` })
    const placed = await insist(asCustomer, { name: 'place', key: `slept-${keys}`, body }, isPlaced)
    known[which]?.set(placed.id, placed)
    const act = (door: Door, name: 'accept' | 'reject' | 'startCooking' | 'finishCooking' | 'cancel', more: object = {}) =>
      insist(door, { name, orderId: placed.id, key: `slept-${name}-${placed.id}`, body: more })
    const end = dice.weighed({ placed: 1, rejected: 2, canceled: 2, accepted: 1, cooked: 2 })
    if (end === 'placed') return
    if (end === 'rejected') return void (await act(asStore, 'reject', { reason: '재료가 떨어졌어요' }))
    await act(asStore, 'accept', { prepMinutes: 10 })
    if (end === 'canceled') return void (await act(asCustomer, 'cancel'))
    if (end === 'accepted') return
    await act(asStore, 'startCooking')
    await act(asStore, 'finishCooking')
  }

  /** What the log says is open at a store, asked order by order. */
  const truth = async (which: number): Promise<string[]> => {
    const orders = known[which] ?? new Map<string, OrderView>()
    const open = openOnes([...orders.values()]).map(line => line.split(' ')[0] as string)
    for (const order of await Promise.all(open.map(id => customer.order(id)))) orders.set(order.id, order)
    return openOnes([...orders.values()])
  }

  for (const fallen of ['web', 'nats'] as const)
    it(`across random cuts of its cable and a kill of ${fallen}`, async () => {
      let over = false
      const hands = STORES.flatMap((_, which) =>
        Array.from({ length: HANDS }, async () => {
          while (!over) await live(which)
        }),
      )
      const [sleepers, others] = [tablets.map(([first]) => first), tablets.flatMap(([, ...rest]) => rest)]
      for (const tablet of sleepers) tablet?.sleep() // these miss all of it
      // These pauses are what is done to the tablets; nothing is waited for by them.
      const cuts = others.map(async tablet => {
        while (!over) {
          await pause(dice.between(100, 600))
          tablet.sleep()
          await pause(dice.between(0, 900))
          tablet.wake()
        }
      })
      await pause(ROUND_MS / 2)
      shared.house.kill(fallen, 'SIGKILL')
      await pause(ROUND_MS / 2)
      over = true
      for (const tablet of sleepers) tablet?.wake()
      await Promise.all([...hands, ...cuts])
      await shared.house.ready()

      for (const [which, ofStore] of tablets.entries()) {
        const same = async () => {
          const expected = (await truth(which)).join()
          return ofStore.every(tablet => tablet.connected && tablet.open.join() === expected)
        }
        await until(`the tablets of store-${STORES[which]} show what is open there`, same, 20_000)
      }
      expect(tablets.flat().flatMap(({ wrong }) => wrong)).to.deep.equal([])
      const count = known.reduce((sum, orders) => sum + orders.size, 0)
      const open = tablets.map(([one]) => one?.open.length).join(' and ')
      console.log(`      ${count} orders, ${tablets.flat().reduce((sum, { syncs }) => sum + syncs, 0)} awakenings, ${open} open`)
    })
})
