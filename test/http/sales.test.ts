import { expect } from 'chai'
import { salesView } from '../../server/contract/sales.ts'
import { customer1, type GatewayHouse, openGateway, ops1, rider1, store1, store2 } from './gateway-house.ts'

describe('the sales of a store over HTTP', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const MONTH = 'from=2026-11-01&to=2026-11-30'
  const sales = (query = MONTH, as = store1, id = 'store-1') => house.call('GET', `/api/stores/${id}/sales?${query}`, { as })

  it('are shown to the store and to operators, and to nobody else', async () => {
    const { total } = (await house.place({ paymentKey: 'pk_test_1' })).body
    await house.place()
    const shown = { zone: 'Asia/Seoul', items: [{ day: '2026-11-22', orders: 1, amount: total, refunded: 0 }] }
    for (const as of [store1, ops1]) {
      const { status, body } = await sales(MONTH, as)
      expect([status, body]).to.deep.equal([200, shown])
      expect(salesView.strict().parse(body)).to.deep.equal(body)
    }
    for (const as of [store2, customer1, rider1]) expect((await sales(MONTH, as)).body.error.code).to.equal('FORBIDDEN')
    expect((await house.call('GET', `/api/stores/store-1/sales?${MONTH}`)).status).to.equal(401)
    expect((await sales(MONTH, ops1, 'store-9')).body.error.code).to.equal('STORE_NOT_FOUND')
  })

  it('are asked for by days of the calendar, 92 of them at most', async () => {
    expect((await sales('from=2026-01-01&to=2026-04-02')).status).to.equal(200)
    for (const wrong of [
      'from=2026-01-01&to=2026-04-03',
      'from=2026-02-30&to=2026-03-01',
      'from=0000-01-01&to=0000-01-02',
      'from=2026-01-02&to=2026-01-01',
      'from=2026-01-01',
      '',
    ])
      expect((await sales(wrong)).body.error?.code, wrong).to.equal('INVALID')
  })

  it('are away while the database is', async () => {
    house.reads.down = true
    const { status, body } = await sales()
    expect([status, body.error.code]).to.deep.equal([503, 'READ_MODEL_UNAVAILABLE'])
  })
})
