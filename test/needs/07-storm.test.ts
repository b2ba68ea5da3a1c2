import { expect } from 'chai'
import type { Live } from '../../clients/shared/live.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { CheckedLive } from '../harness/checked.ts'
import { until } from '../harness/house.ts'
import { anOrder, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'
import { insist, isPlaced, restDoor } from './doors.ts'

const CUSTOMERS = [15, 16, 17, 18, 19]
const STORES = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]
const RIDERS = [1, 2, 3, 4, 5]
/** Sockets of each account: 500 in all. */
const SOCKETS_EACH = 25
/** Orders of each customer, before and after the fall each. */
const ORDERS_EACH = 4
/** A first retry comes after 0.25 to 0.75 s, and each next one at most twice as late, 5 s at the most. */
const BACK_WITHIN_MS = 30_000

interface Device {
  readonly account: string
  readonly live: Live
  syncs: number
}

describe('need 7: everybody comes back at once, and the service stands', function () {
  this.timeout(90_000)
  const shared = sharedHouse()
  let people: Somebody[]
  let devices: Device[]
  const placed: OrderView[] = []

  before(async () => {
    const { url } = shared.house
    const signIn = (role: 'customer' | 'store' | 'rider', numbers: readonly number[]) =>
      numbers.map(number => Somebody.signIn(url, role, `${role}-${number}`))
    people = await Promise.all([...signIn('customer', CUSTOMERS), ...signIn('store', STORES), ...signIn('rider', RIDERS)])
    devices = people.flatMap(({ id, token }) =>
      Array.from({ length: SOCKETS_EACH }, () => ({ account: id, live: new CheckedLive({ origin: url, token }), syncs: 0 })),
    )
    for (const device of devices) device.live.on('sync', () => void device.syncs++)
    await Promise.all(devices.map(({ live }) => live.connect()))
    await until('every device is in sync', () => devices.every(({ syncs }) => syncs > 0))
    for (const { live } of devices) for (const { id } of live.orders.all) others.add(id)
  })
  after(() => {
    for (const { live } of devices ?? []) live.close()
  })

  /** Every customer orders here and there, and asks until he is answered. */
  const orderAll = async (round: string): Promise<void> => {
    const wishes = people.slice(0, CUSTOMERS.length).flatMap((customer, row) =>
      Array.from({ length: ORDERS_EACH }, (_, column) => {
        const store = STORES[(row * ORDERS_EACH + column) % STORES.length]
        const key = `storm-${round}-${customer.id}-${column}`
        const items = [{ menuId: `m-${store}-1`, quantity: 1 }]
        const body = anOrder({ storeId: `store-${store}`, items, paymentKey: `pk_test_${key.replaceAll('-', '_')}` })
        return insist(restDoor(customer), { name: 'place', key, body }, isPlaced)
      }),
    )
    placed.push(...(await Promise.all(wishes)))
  }

  /** Orders of other stories in the same house. */
  const others = new Set<string>()
  /** What each account must see: its own orders, all of them open. */
  const ordersOf = (account: string): string =>
    placed
      .filter(({ customer, store }) => customer.id === account || store.id === account)
      .map(({ id }) => id)
      .sort()
      .join()
  const shows = ({ account, live }: Device): boolean =>
    live.connected &&
    live.orders.all
      .map(({ id }) => id)
      .filter(id => !others.has(id))
      .sort()
      .join() === ordersOf(account)

  it('500 sockets whose gateway was killed are back and know everything within seconds', async () => {
    await orderAll('before')
    await until('every device shows its orders', () => devices.every(shows))
    const before = devices.map(({ syncs }) => syncs)

    const at = performance.now()
    shared.house.kill('web', 'SIGKILL')
    const ordering = orderAll('meanwhile')
    const back = () => devices.every((device, i) => device.live.connected && device.syncs > (before[i] ?? 0))
    await until('every device has come back', back, BACK_WITHIN_MS)
    const seconds = (performance.now() - at) / 1_000
    await ordering
    await until('every device shows its orders, the new ones too', () => devices.every(shows))

    expect(placed.map(({ status }) => status)).to.deep.equal(Array(2 * CUSTOMERS.length * ORDERS_EACH).fill('placed'))
    expect(new Set(placed.map(({ id }) => id)).size).to.equal(placed.length)
    console.log(`      ${devices.length} sockets were all back and synced ${seconds.toFixed(1)} s after their gateway was killed`)
    await shared.house.ready()
  })
})
