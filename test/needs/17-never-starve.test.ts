import { expect } from 'chai'
import { anOrder, HOME, knock, Somebody } from '../harness/people.ts'
import { sharedHouse } from './shared-house.ts'

const ORDERS = 100
/** Customers who order at once. */
const AT_ONCE = 10
/** Reads that go out beside each order. */
const READS_EACH = 10

describe('need 17: ordering never starves behind browsing', function () {
  this.timeout(90_000)
  const shared = sharedHouse()

  it(`takes 99 of 100 orders while ten times as many reads come in`, async () => {
    const { url } = shared.house
    const [customer, reader, store] = await Promise.all([
      Somebody.signIn(url, 'customer', 'customer-1'),
      Somebody.signIn(url, 'customer', 'customer-2'),
      Somebody.signIn(url, 'store', 'store-21'),
    ])
    const browsing = [
      { path: `/api/stores?lat=${HOME.lat}&lng=${HOME.lng}&radiusM=20000` },
      { path: '/api/stores/store-21' },
      { path: '/api/orders?limit=100', as: reader },
      { path: '/api/orders?limit=100&status=placed', as: store },
    ]
    const read = async (number: number): Promise<boolean> => {
      const { path, as } = browsing[number % browsing.length] as (typeof browsing)[number]
      const answer = await knock(url, path, as ? { headers: { authorization: `Bearer ${as.token}` } } : {})
      return answer.status === 200
    }
    const order = async (number: number): Promise<boolean> => {
      const wish = { storeId: 'store-21', items: [{ menuId: 'm-21-1', quantity: 1 }], paymentKey: `pk_test_flood_${number}` }
      const view = await customer.place(`flood-${number}`, anOrder(wish)).catch(() => undefined)
      return view?.status === 'placed'
    }

    const taken: boolean[] = []
    const reads: Promise<boolean>[] = []
    let next = 0
    const ordering = async (): Promise<void> => {
      for (let number = next++; number < ORDERS; number = next++) {
        // Nobody waits for the reads of an order before the next one comes: a flood does not either.
        reads.push(...Array.from({ length: READS_EACH }, (_, i) => read(number * READS_EACH + i)))
        taken.push(await order(number))
      }
    }
    const at = performance.now()
    await Promise.all(Array.from({ length: AT_ONCE }, ordering))
    const seconds = (performance.now() - at) / 1_000
    const answered = (await Promise.all(reads)).filter(Boolean).length

    console.log(
      `      ${taken.filter(Boolean).length} of ${ORDERS} orders in ${seconds.toFixed(1)} s beside ${answered} of ${reads.length} reads`,
    )
    expect(taken.filter(Boolean).length).to.be.at.least(ORDERS * 0.99)
    expect(reads).to.have.length(ORDERS * READS_EACH)
    expect(answered, 'browsing is slower, not refused').to.be.at.least(reads.length * 0.9)
  })
})
