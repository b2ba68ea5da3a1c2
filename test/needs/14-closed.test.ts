import { expect } from 'chai'
import { until } from '../harness/house.ts'
import { anOrder, knock, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'
import { type GatewayHouse, openGateway, store2 } from '../http/gateway-house.ts'

const nightly = (open: string, close: string) => Array.from({ length: 7 }, () => ({ open, close }))

/** Every minute around every change of clocks is walked through in test/machines/hours.test.ts; here the doors say what follows from it. */
describe('need 14: a store that is closed takes no order, by its own clock', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway() // noon in Seoul on Sunday, 22 November 2026; store-2 is open from 17:00 to 02:00
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const windTo = (iso: string): void => house.clock.advance(Date.parse(iso) - house.clock.now())
  const profile = async (changes: object): Promise<void> => {
    expect((await house.call('PUT', '/api/stores/me/profile', { as: store2, body: changes })).status).to.equal(200)
    const [[name, value] = []] = Object.entries(changes)
    const kept = async () => (await house.call('GET', '/api/stores/me/profile', { as: store2 })).body[name ?? '']
    await until('the profile is changed', async () => JSON.stringify(await kept()) === JSON.stringify(value))
  }
  /** `taken`, or the reason and what the customer is told about it. */
  const order = async (): Promise<unknown> => {
    const { status, body } = await house.place({ storeId: 'store-2' })
    return status === 201 ? 'taken' : [status, body.error.code, body.error.details]
  }
  const closedUntil = (opensAt: string, more: object = {}) => [409, 'STORE_CLOSED', { opensAt, zone: 'Asia/Seoul', ...more }]

  it('until it opens, and past midnight until it closes', async () => {
    expect(await order()).to.deep.equal(closedUntil('2026-11-22T08:00:00.000Z'))
    windTo('2026-11-22T08:00:00Z') // 17:00
    expect(await order()).to.equal('taken')
    windTo('2026-11-22T16:59:59Z') // 01:59 on Monday
    expect(await order()).to.equal('taken')
    windTo('2026-11-22T17:00:00Z')
    expect(await order()).to.deep.equal(closedUntil('2026-11-23T08:00:00.000Z'))
  })

  it('nor in the minutes before closing in which nothing would be ready', async () => {
    await profile({ lastOrderLeadMin: 30 })
    windTo('2026-11-22T16:29:59Z') // 01:29
    expect(await order()).to.equal('taken')
    windTo('2026-11-22T16:30:00Z')
    expect(await order()).to.deep.equal(closedUntil('2026-11-23T08:00:00.000Z', { lastOrder: true }))
  })

  it('nor on its holiday, though the evening before runs into it', async () => {
    await profile({ holidays: ['2026-11-23'] })
    windTo('2026-11-22T16:00:00Z') // 01:00 on the holiday
    expect(await order()).to.equal('taken')
    windTo('2026-11-23T09:00:00Z') // 18:00 on the holiday
    expect(await order()).to.deep.equal(closedUntil('2026-11-24T08:00:00.000Z'))
  })

  it('in New York in the night in which 02:30 is skipped, and in the one that has 01:30 twice', async () => {
    const zone = 'America/New_York'
    await profile({ zone, hours: nightly('22:00', '02:30') })
    windTo('2027-03-14T07:29:59Z') // 03:29, half an hour after 01:59
    expect(await order()).to.equal('taken')
    windTo('2027-03-14T07:30:00Z') // 02:30 as calendars count it on this night
    expect(await order()).to.deep.equal(closedUntil('2027-03-15T02:00:00.000Z', { zone }))
    windTo('2027-11-07T06:30:00Z') // 01:30 for the second time
    expect(await order()).to.equal('taken')
    windTo('2027-11-07T07:29:59Z')
    expect(await order()).to.equal('taken')
    windTo('2027-11-07T07:30:00Z')
    expect(await order()).to.deep.equal(closedUntil('2027-11-08T03:00:00.000Z', { zone }))
  })
})

describe('need 14: a store that is switched off takes no order', function () {
  this.timeout(60_000)
  const shared = sharedHouse()
  let customer: Somebody
  let store: Somebody
  let keys = 0

  before(async () => {
    customer = await Somebody.signIn(shared.house.url, 'customer', 'customer-10')
    store = await Somebody.signIn(shared.house.url, 'store', 'store-9')
  })

  const wish = () => anOrder({ storeId: 'store-9', items: [{ menuId: 'm-9-1', quantity: 1 }], paymentKey: `pk_test_off_${keys}` })
  const send = (key: string) =>
    knock(shared.house.url, '/api/orders', {
      method: 'POST',
      headers: { authorization: `Bearer ${customer.token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(wish()),
    })
  const status = (body: object) => store.call('/api/stores/me/status', 'PUT', body)
  const shown = () => customer.call<{ open: boolean; opensAt?: string }>('/api/stores/store-9')
  const shows = (open: boolean) => until(`customers see it ${open ? 'open' : 'closed'}`, async () => (await shown()).open === open)

  it('at once, while what it has taken goes on, and takes them again when it is switched on', async () => {
    keys++
    const before = await customer.place('off-1', wish())
    await status({ open: false })
    await shows(false)
    const refused = await send('off-2')
    expect([refused.status, refused.body.error?.code]).to.deep.equal([409, 'STORE_CLOSED'])
    expect(refused.body.error?.details).to.deep.equal({ zone: 'Asia/Seoul' })
    expect(await customer.place('off-1', wish()), 'a repeat of what was taken').to.deep.equal(before)
    expect((await store.act(before.id, 'accept', { prepMinutes: 10 })).status).to.equal('accepted')

    await status({ open: true })
    await shows(true)
    expect((await customer.place('off-2', wish())).status, 'the same key, for nothing was taken under it').to.equal('placed')
  })

  it('for a while, and says when it comes back', async () => {
    keys++
    const at = Date.now()
    await status({ open: false, forMinutes: 30 })
    await shows(false)
    const { opensAt = '' } = await shown()
    expect(Date.parse(opensAt) - at).to.be.within(30 * 60_000 - 1_000, 30 * 60_000 + 30_000)
    expect((await send('off-3')).body.error?.details).to.deep.equal({ opensAt, zone: 'Asia/Seoul', paused: true })
    await status({ open: true })
    await shows(true)
    expect((await send('off-3')).status).to.equal(201)
  })
})
