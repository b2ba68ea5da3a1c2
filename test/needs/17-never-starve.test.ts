import { expect } from 'chai'
import { until } from '../harness/house.ts'
import { anOrder, HOME, knock, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'

const ORDERS = 100
/** Customers who order at once. */
const AT_ONCE = 10
/** Reads that go out beside each order. */
const READS_EACH = 10
/** Orders that a kitchen takes in a quarter of an hour. */
const CAP = 4
const QUARTER_MS = 900_000

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

  it('lets a kitchen take as many orders in a quarter of an hour as it can, and offers the next slot to the others', async () => {
    const { url } = shared.house
    const [customer, store] = await Promise.all([Somebody.signIn(url, 'customer', 'customer-1'), Somebody.signIn(url, 'store', 'store-23')])
    const send = (number: number, storeNumber = 23) => {
      const items = [{ menuId: `m-${storeNumber}-1`, quantity: 1 }]
      const wish = { storeId: `store-${storeNumber}`, items, paymentKey: `pk_test_cap_${number}` }
      return knock(url, '/api/orders', {
        method: 'POST',
        headers: { authorization: `Bearer ${customer.token}`, 'content-type': 'application/json', 'idempotency-key': `cap-${number}` },
        body: JSON.stringify(anOrder(wish)),
      })
    }
    await store.call('/api/stores/me/profile', 'PUT', { intakeCap: CAP })
    const capped = async () => (await store.call<{ intakeCap: number | null }>('/api/stores/me/profile')).intakeCap === CAP
    await until('the cap is known', capped)
    await until('the quarter of an hour has some time left', () => Date.now() % QUARTER_MS < QUARTER_MS - 10_000)
    const slotMs = Math.ceil(Date.now() / QUARTER_MS) * QUARTER_MS

    const answers = await Promise.all(Array.from({ length: 3 * CAP }, (_, i) => send(i)))
    const numbers = (status: number) => answers.flatMap((answer, i) => (answer.status === status ? [i] : []))
    expect([numbers(201).length, numbers(409).length]).to.deep.equal([CAP, 2 * CAP])
    for (const number of numbers(409)) {
      const { body, headers } = answers[number] as (typeof answers)[number]
      expect(body.error).to.deep.include({
        code: 'STORE_BUSY',
        details: { nextSlotAt: new Date(slotMs).toISOString(), zone: 'Asia/Seoul' },
      })
      expect(Number(headers.get('retry-after'))).to.be.within(1, QUARTER_MS / 1_000)
    }
    const [first = 0] = numbers(201)
    expect((await send(first)).body, 'who was taken is told so again').to.deep.equal(answers[first]?.body)
    expect((await send(3 * CAP, 24)).status, 'the kitchen next door').to.equal(201)

    await store.call('/api/stores/me/profile', 'PUT', { intakeCap: null })
    const [refused = 0] = numbers(409)
    await until('who was refused is taken under the same key', async () => (await send(refused)).status === 201)
  })
})
