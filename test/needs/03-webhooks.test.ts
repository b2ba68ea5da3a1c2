import { expect } from 'chai'
import fc from 'fast-check'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import { anOrder, knock, ledgerOf, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'

const HINTS = ['READY', 'IN_PROGRESS', 'DONE', 'ABORTED', 'CANCELED', 'EXPIRED', 'A_WORD_OF_TOMORROW'] as const
type Hint = (typeof HINTS)[number]

/** Each webhook not at all, once, or three times, before, during and after what it tells of, in any order: one list for each moment. */
const plan = (moments: number): fc.Arbitrary<readonly (readonly Hint[])[]> =>
  fc
    .array(fc.tuple(fc.constantFrom(...HINTS), fc.constantFrom(0, 1, 3), fc.array(fc.nat(moments - 1), { minLength: 3, maxLength: 3 })), {
      minLength: 3,
      maxLength: 6,
    })
    .map(webhooks => {
      const at: Hint[][] = Array.from({ length: moments }, () => [])
      for (const [hint, times, when] of webhooks) for (const moment of when.slice(0, times)) at[moment]?.push(hint)
      return at
    })

interface Story {
  readonly name: string
  /** How often it is told, each time with other webhooks; default 8. */
  readonly plans?: number
  /** What the customer does of his own. */
  readonly steps: readonly ((id: string, key: string) => Promise<unknown>)[]
  readonly ends: (order: OrderView) => boolean
  /** `status payment refund`, and of each payment in the provider's book: how often it was charged, what is left of it, how often some was given back. */
  readonly end: readonly unknown[]
}

const PLANS = 8

describe('need 3: a webhook before, after or beside our own state, once or three times, changes nothing', function () {
  this.timeout(120_000)
  const shared = sharedHouse()
  let customer: Somebody
  let orders = 0

  before(async () => {
    customer = await Somebody.signIn(shared.house.url, 'customer', 'customer-16')
    await customer.listen()
  })
  after(() => customer?.[Symbol.asyncDispose]())

  const pay = async (id: string, paymentKey: string): Promise<void> => {
    const asked = async () => customer.refused(`/api/orders/${id}/pay`, 'POST', { paymentKey })
    // While a refused payment is looked up once more, the next card has to wait for a moment.
    await until(`${id} is paid with ${paymentKey}`, async () => (await asked()) === 'went through')
  }
  const cancel = async (id: string): Promise<void> => {
    // Who leaves before it is his turn to pay is not charged at all: that is another story.
    await customer.sees(id, ({ status }) => status === 'placed', 'its order paid', 30_000)
    await customer.act(id, 'cancel', { reason: '마음이 바뀌었어요' })
  }

  const STORIES: readonly Story[] = [
    {
      name: 'a payment that is approved',
      steps: [(id, key) => pay(id, `pk_test_${key}`)],
      ends: ({ status }) => status === 'placed',
      end: ['placed approved none', [1, 'all', 0]],
    },
    {
      name: 'a payment that is declined',
      steps: [(id, key) => pay(id, `pk_test_decline_${key}`)],
      ends: ({ status, payment }) => status === 'paymentFailed' && payment.status === 'declined',
      end: ['paymentFailed declined none', [0, 'nothing', 0]],
    },
    {
      name: 'a second card after a decline',
      steps: [(id, key) => pay(id, `pk_test_decline_${key}`), (id, key) => pay(id, `pk_test_${key}`)],
      ends: ({ status }) => status === 'placed',
      end: ['placed approved none', [0, 'nothing', 0], [1, 'all', 0]],
    },
    {
      name: 'a payment whose answer is lost',
      plans: 3, // more silence at once would open the breaker, and who waits for his turn is another story
      steps: [(id, key) => pay(id, `pk_test_timeout_${key}`)],
      ends: ({ status }) => status === 'placed',
      end: ['placed approved none', [1, 'all', 0]],
    },
    {
      name: 'a payment that is given back',
      steps: [(id, key) => pay(id, `pk_test_${key}`), cancel],
      ends: ({ refund }) => refund === 'done',
      end: ['canceled canceled done', [1, 'nothing', 1]],
    },
  ]

  /** As Toss sends it; what it says may be true, not yet, no longer, or never. */
  const webhook = async (orderId: string, paymentKey: string, status: Hint): Promise<void> => {
    const data = { orderId, paymentKey, status, totalAmount: 1, currency: 'KRW', method: '카드', secret: null }
    const body = JSON.stringify({ eventType: 'PAYMENT_STATUS_CHANGED', createdAt: new Date().toISOString(), data })
    const answer = await knock(shared.house.url, '/webhooks/toss', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(answer.status).to.equal(200)
  }

  const endOf = async (id: string): Promise<unknown[]> => {
    const { status, payment, refund } = await customer.order(id)
    const { payments } = await ledgerOf(shared.house.standIns.psp, id)
    const left = (balance: number, amount: number) => (balance === 0 ? 'nothing' : balance === amount ? 'all' : balance)
    return [
      `${status} ${payment.status} ${refund}`,
      ...payments.map(({ confirms, balanceAmount, amount, cancels }) => [confirms, left(balanceAmount, amount), cancels.length]),
    ]
  }

  /** Tells one story with the webhooks of one plan around and beside its steps. */
  const tell = async ({ steps, ends }: Story, hints: readonly (readonly Hint[])[]): Promise<string> => {
    const number = ++orders
    const order = { storeId: 'store-16', items: [{ menuId: 'm-16-1', quantity: 1 }], paymentKey: undefined }
    const { id } = await customer.place(`webhook-${number}`, anOrder(order))
    const send = (moment: number) => Promise.all((hints[moment] ?? []).map(hint => webhook(id, `pk_test_webhook_${number}`, hint)))
    for (const [i, step] of steps.entries()) {
      await send(2 * i)
      await Promise.all([step(id, `webhook_${number}_${i}`), send(2 * i + 1)])
    }
    await customer.sees(id, ends, 'the end of its story', 30_000)
    await send(2 * steps.length)
    await customer.sees(id, ends, 'the same end once more', 30_000) // a refused payment may be looked up by what came last
    return id
  }

  for (const story of STORIES)
    it(`${story.name} ends the same way, whatever the webhooks say and whenever they come`, async () => {
      const plans = fc.sample(plan(2 * story.steps.length + 1), { numRuns: story.plans ?? PLANS, seed: 3 })
      expect(plans.flat(2).length, 'webhooks in all').to.be.above(plans.length)
      const ids = await Promise.all(plans.map(hints => tell(story, hints)))
      for (const [i, id] of ids.entries()) expect(await endOf(id), JSON.stringify(plans[i])).to.deep.equal(story.end)
    })

  it('are answered, and move nothing, when they are about nothing of ours or nothing at all', async () => {
    const headers = { 'content-type': 'application/json' }
    for (const body of [
      '{}',
      '[]',
      '{"data":null}',
      '{"data":{"orderId":7}}',
      '{"eventType":{},"data":{"orderId":"o_*.>"}}',
      '{"data":{"orderId":"o_none"}}',
    ])
      expect((await knock(shared.house.url, '/webhooks/toss', { method: 'POST', headers, body })).status, body).to.equal(200)
  })

  it('never show a customer a step back', () => {
    const shown = Map.groupBy(customer.pushes, ({ id }) => id)
    expect(shown.size).to.be.at.least(4 * PLANS)
    for (const [id, views] of shown) {
      const versions = views.map(({ version }) => version)
      expect(versions, id).to.deep.equal([...versions].sort((a, b) => a - b))
      const statuses = views.map(({ status }) => status)
      if (statuses.includes('placed'))
        expect(statuses.slice(statuses.indexOf('placed')), id).to.not.include.members(['paymentFailed', 'paying'])
    }
  })
})
