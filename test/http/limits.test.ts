import { expect } from 'chai'
import { request } from 'undici'
import { Budgets } from '../../server/gateway/budgets.ts'
import { type Answer, anOrder, type GatewayHouse, openGateway } from './gateway-house.ts'

const customer = { role: 'customer', id: 'customer-1' } as const
const other = { role: 'customer', id: 'customer-2' } as const

const times = async (count: number, ask: () => Promise<Answer>): Promise<readonly number[]> => {
  const seen: number[] = []
  for (let i = 0; i < count; i++) seen.push((await ask()).status)
  return seen
}

describe('the limits of the HTTP door', () => {
  const house = (limits: {
    readonly browse?: number
    readonly order?: number
    readonly accounts?: number
    readonly late?: { ms: number }
  }) =>
    openGateway({
      proxies: 1,
      origins: ['https://shop.example'],
      budgets: new Budgets({
        perAccount: { order: limits.order ?? 1_000, position: 1_000, read: 1_000, browse: limits.browse ?? 1_000 },
        accountsPerAddress: limits.accounts ?? 1_000,
        delayMs: () => limits.late?.ms ?? 0,
        random: () => 0.5,
      }),
    })
  const lists = (gateway: GatewayHouse) => () => gateway.call('GET', '/api/orders', { as: customer })

  it('count what an account browses apart from what it orders, and from what others do', async () => {
    await using gateway = await house({ browse: 3 })
    expect(await times(4, lists(gateway))).to.deep.equal([200, 200, 200, 429])
    const refused = await lists(gateway)()
    expect(refused.body.error.code).to.equal('TOO_MANY_REQUESTS')
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 10)
    const placed = await gateway.call('POST', '/api/orders', { as: customer, body: anOrder(), headers: { 'idempotency-key': 'k' } })
    expect(placed.status).to.equal(201)
    expect((await gateway.call('GET', '/api/orders', { as: other })).status).to.equal(200)
  })

  it('count an address, as the proxy saw it, whoever signs in from it', async () => {
    await using gateway = await house({ browse: 2, accounts: 2 })
    const from = (address: string) => () =>
      gateway.call('GET', '/api/stores?lat=37.5&lng=127', { headers: { 'x-forwarded-for': `10.9.9.9, ${address}` } })
    expect(await times(5, from('198.51.100.1'))).to.deep.equal([200, 200, 200, 200, 429])
    expect(await times(1, from('198.51.100.2'))).to.deep.equal([200])
  })

  it('put lists off first, then reads, and never an order, when the gateway is late', async () => {
    const late = { ms: 0 }
    await using gateway = await house({ late })
    const placed = await gateway.call('POST', '/api/orders', { as: customer, body: anOrder(), headers: { 'idempotency-key': 'k' } })
    const read = () => gateway.call('GET', `/api/orders/${placed.body.id}`, { as: customer })
    late.ms = 600
    const listed = await lists(gateway)()
    expect([listed.status, listed.body.error.code]).to.deep.equal([503, 'OVERLOADED'])
    expect(Number(listed.headers.get('retry-after'))).to.be.within(1, 5)
    expect((await read()).status).to.equal(200)
    late.ms = 2_000
    expect((await read()).status).to.equal(503)
    const canceled = await gateway.call('POST', `/api/orders/${placed.body.id}/cancel`, { as: customer, body: {} })
    expect(canceled.status).to.equal(200)
    expect((await gateway.call('GET', '/healthz')).status).to.equal(200)
    late.ms = 0
    expect((await lists(gateway)()).status).to.equal(200)
  })

  it('let pages of the origins that are listed ask, and no others', async () => {
    await using gateway = await house({})
    const asked = async (origin: string) => {
      const { headers } = await gateway.call('GET', '/api/stores?lat=37.5&lng=127', { headers: { origin } })
      return headers.get('access-control-allow-origin')
    }
    expect(await asked('https://shop.example')).to.equal('https://shop.example')
    expect(await asked('https://evil.example')).to.equal(null)
    const preflight = await request(`${gateway.url}/api/orders`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'idempotency-key',
      },
    })
    expect(preflight.headers['access-control-allow-headers']).to.match(/Idempotency-Key/i)
  })

  it('allow a page of ours nothing from elsewhere and nothing inline', async () => {
    await using gateway = await house({})
    const policy = (await gateway.call('GET', '/healthz')).headers.get('content-security-policy') ?? ''
    expect(policy).to.match(/default-src 'none'/)
    expect(policy).to.match(/frame-ancestors 'none'/)
    expect(policy).not.to.match(/unsafe|https?:|\*/)
  })
})
