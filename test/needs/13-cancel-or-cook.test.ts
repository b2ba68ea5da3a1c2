import { expect } from 'chai'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import { anOrder, callsOf, ledgerOf, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'

const RACES = 100
/** Races at once: the others wait for their turn. */
const AT_ONCE = 20

interface Raced {
  readonly id: string
  readonly winner: 'cancel' | 'startCooking'
}

/** Ten thousand races with every interleaving of steps, on the log’s memory twin, are in test/races/cancel-or-cook.test.ts; here they go through the real doors. */
describe('need 13: of a cancel and a start of cooking one wins, and what is canceled stays canceled', function () {
  this.timeout(90_000)
  const shared = sharedHouse()
  let customer: Somebody
  let store: Somebody
  const raced: Raced[] = []

  before(async () => {
    const { url } = shared.house
    customer = await Somebody.signIn(url, 'customer', 'customer-13')
    store = await Somebody.signIn(url, 'store', 'store-6')
  })
  after(async () => {
    for (const who of [customer, store]) await who?.[Symbol.asyncDispose]()
  })

  const accepted = async (number: number): Promise<string> => {
    const order = { storeId: 'store-6', items: [{ menuId: 'm-6-1', quantity: 1 }], paymentKey: `pk_test_race_${number}` }
    const { id } = await customer.place(`race-${number}`, anOrder(order))
    await store.act(id, 'accept', { prepMinutes: 10 })
    return id
  }

  /** Both ask at once; who is sent first takes turns. */
  const race = async (number: number): Promise<Raced> => {
    const id = await accepted(number)
    const cancel = () => customer.refused(`/api/orders/${id}/cancel`, 'POST', {})
    const cook = () => store.refused(`/api/orders/${id}/start-cooking`, 'POST', {})
    const both = number % 2 === 0 ? [cancel(), cook()] : [cook(), cancel()].reverse()
    const answers = await Promise.all(both)
    expect([...answers].sort(), id).to.deep.equal(['409 ORDER_REFUSED', 'went through'])
    return { id, winner: answers[0] === 'went through' ? 'cancel' : 'startCooking' }
  }

  /** What the order, its money and the store’s list say must be what the winner was told. */
  const expectHonest = async ({ id, winner }: Raced): Promise<void> => {
    const order = await customer.sees(id, ({ status, refund }) => status !== 'canceled' || refund === 'done', 'the end of the race')
    const ledger = await ledgerOf(shared.house.standIns.psp, id)
    const money = ledger.payments.map(({ confirms, amount, balanceAmount, cancels }) => [confirms, amount - balanceAmount, cancels.length])
    if (winner === 'cancel') {
      expect(order).to.deep.include({ status: 'canceled', refund: 'done', payment: { status: 'canceled' } })
      expect(money).to.deep.equal([[1, order.total, 1]])
    } else {
      expect(order).to.deep.include({ status: 'cooking', refund: 'none', payment: { status: 'approved' } })
      expect(money).to.deep.equal([[1, 0, 0]])
    }
    expect(callsOf(ledger, 'cancel')).to.equal(winner === 'cancel' ? 1 : 0)
  }

  it(`in each of ${RACES} races, with the provider’s book on the winner’s side`, async () => {
    for (let from = 0; from < RACES; from += AT_ONCE) {
      raced.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => race(from + i)))))
    }
    const canceled = raced.filter(({ winner }) => winner === 'cancel').length
    console.log(`      ${RACES} races: ${canceled} canceled, ${RACES - canceled} cooked`)
    expect(canceled, 'both can win').to.be.within(1, RACES - 1)
    await Promise.all(raced.map(expectHonest))
  })

  it('also after the hosts of the actors were killed, in every list and on a fresh tablet', async () => {
    shared.house.kill('actors', 'SIGKILL')
    const canceled = raced.filter(({ winner }) => winner === 'cancel').map(({ id }) => id)
    const cooking = raced.filter(({ winner }) => winner === 'startCooking').map(({ id }) => id)
    // The first question reaches the host that comes back: the router asks for as long as it must.
    const answers = await Promise.all(canceled.map(id => store.refused(`/api/orders/${id}/start-cooking`, 'POST', {})))
    expect(new Set(answers)).to.deep.equal(new Set(['409 ORDER_REFUSED']))
    await Promise.all(raced.map(expectHonest))
    const listed = async (status: string) =>
      (await store.call<{ items: OrderView[] }>(`/api/orders?limit=100&status=${status}`)).items.map(({ id }) => id).sort()
    await until('the store’s list has caught up', async () => (await listed('canceled')).length === canceled.length)
    expect(await listed('canceled')).to.deep.equal([...canceled].sort())
    expect(await listed('cooking')).to.deep.equal([...cooking].sort())
    const { orders } = await store.listen()
    expect(orders.all.map(({ id }) => id).sort()).to.deep.equal([...cooking].sort())
    await shared.house.ready()
  })
})
