import { expect } from 'chai'
import { type Answer, anOrder, type CallOptions, customer1, type GatewayHouse, openGateway, rider1, store1 } from './gateway-house.ts'

const item = (changes: object) => anOrder({ items: [{ menuId: 'm-1', quantity: 1, ...changes }] })

describe('the HTTP door', () => {
  let house: GatewayHouse
  before(async () => {
    house = await openGateway()
  })
  after(() => house[Symbol.asyncDispose]())

  const key = { 'idempotency-key': 'k' }
  const order = (options: CallOptions) => house.call('POST', '/api/orders', { as: customer1, headers: key, ...options })
  const saying = (answer: Answer) => [answer.status, answer.body.error.code]

  const refused: readonly (readonly [what: string, ask: () => Promise<Answer>, status: number, code: string])[] = [
    ['JSON that is none', () => order({ raw: '{"storeId":' }), 400, 'BAD_JSON'],
    ['a number where an object belongs', () => order({ raw: '5' }), 400, 'BAD_JSON'],
    ['a list where an object belongs', () => order({ body: [] }), 422, 'INVALID'],
    ['no body at all', () => order({}), 422, 'INVALID'],
    ['a quantity of 0', () => order({ body: item({ quantity: 0 }) }), 422, 'INVALID'],
    ['a negative quantity', () => order({ body: item({ quantity: -3 }) }), 422, 'INVALID'],
    ['an absurd quantity', () => order({ body: item({ quantity: 1e9 }) }), 422, 'INVALID'],
    ['a quantity in words', () => order({ body: item({ quantity: 'two' }) }), 422, 'INVALID'],
    ['an item of no menu', () => order({ body: item({ menuId: 'm-9' }) }), 422, 'MENU_NOT_FOUND'],
    ['a choice of another item', () => order({ body: item({ choices: ['c-9'] }) }), 422, 'CHOICE_NOT_FOUND'],
    ['the same choice twice', () => order({ body: item({ choices: ['c-1', 'c-1'] }) }), 422, 'CHOICE_COUNT'],
    ['an unknown store', () => order({ body: anOrder({ storeId: 'store-9' }) }), 404, 'STORE_NOT_FOUND'],
    ['a store outside its hours', () => order({ body: anOrder({ storeId: 'store-2' }) }), 409, 'STORE_CLOSED'],
    ['an order without a key', () => order({ body: anOrder(), headers: {} }), 400, 'IDEMPOTENCY_KEY_REQUIRED'],
    ['a key of 201 characters', () => order({ body: anOrder(), headers: { 'idempotency-key': 'k'.repeat(201) } }), 400, 'BAD_REQUEST'],
    ['a body beyond 64 KB', () => order({ body: anOrder({ note: 'x'.repeat(70_000) }) }), 413, 'TOO_LARGE'],
    [
      'a body that is not JSON',
      () => order({ raw: '<order/>', headers: { ...key, 'content-type': 'text/xml' } }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['no token', () => house.call('POST', '/api/orders', { body: anOrder(), headers: key }), 401, 'UNAUTHENTICATED'],
    ['a token of nobody', () => house.call('GET', '/api/orders', { token: 'a.b.c' }), 401, 'UNAUTHENTICATED'],
    ['an order by a rider', () => order({ as: rider1, body: anOrder() }), 403, 'FORBIDDEN'],
    ['deliveries for a store', () => house.call('GET', '/api/deliveries', { as: store1 }), 403, 'FORBIDDEN'],
    ['an unknown order', () => house.call('GET', '/api/orders/o_nothing', { as: customer1 }), 404, 'ORDER_NOT_FOUND'],
    ['an order id that is a wildcard', () => house.call('GET', '/api/orders/%3E', { as: customer1 }), 404, 'ORDER_NOT_FOUND'],
    ['a command to a wildcard', () => house.call('POST', '/api/orders/*/cancel', { as: customer1, body: {} }), 404, 'ORDER_NOT_FOUND'],
    ['a path that is not UTF-8', () => house.call('GET', '/api/orders/%E0%A4%A', { as: customer1 }), 400, 'BAD_REQUEST'],
    ['an unknown path', () => house.call('GET', '/api/nothing'), 404, 'ROUTE_NOT_FOUND'],
    ['an unknown method', () => house.call('DELETE', '/api/orders', { as: customer1 }), 405, 'METHOD_NOT_ALLOWED'],
    ['a place that is none', () => house.call('GET', '/api/stores?lat=north&lng=127'), 422, 'INVALID'],
    [
      'an unknown item to sell out',
      () => house.call('PUT', '/api/stores/me/menu/m-9', { as: store1, body: { soldOut: true } }),
      404,
      'NOT_FOUND',
    ],
  ]
  for (const [what, ask, status, code] of refused) {
    it(`refuses ${what} with ${status} ${code}`, async () => {
      expect(saying(await ask())).to.deep.equal([status, code])
    })
  }

  it('refuses a token that has expired, and one that was signed elsewhere', async () => {
    const token = await house.tokens.issue(customer1)
    house.clock.advance(12 * 3_600_000 + 1_000)
    expect(saying(await house.call('GET', '/api/orders', { token }))).to.deep.equal([401, 'TOKEN_EXPIRED'])
    const [head, , signature] = (await house.tokens.issue(customer1)).split('.')
    const forged = `${head}.${Buffer.from(JSON.stringify({ sub: 'ops-1', role: 'ops', exp: 9_999_999_999 })).toString('base64url')}.${signature}`
    expect(saying(await house.call('GET', '/api/orders', { token: forged }))).to.deep.equal([401, 'UNAUTHENTICATED'])
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged.split('.')[1]}.`
    expect(saying(await house.call('GET', '/api/orders', { token: unsigned }))).to.deep.equal([401, 'UNAUTHENTICATED'])
  })

  it('says which values are wrong', async () => {
    const { body } = await order({ body: item({ quantity: 0 }) })
    expect(body.error.details.issues.map(({ path }: { path: unknown }) => path)).to.deep.equal([['items', 0, 'quantity']])
  })

  it('says when a closed store opens', async () => {
    house.clock.advance(-house.clock.now() + Date.parse('2026-11-23T03:00:00.000Z'))
    const { body } = await order({ body: anOrder({ storeId: 'store-2' }) })
    expect(body.error.details).to.deep.equal({ opensAt: '2026-11-23T08:00:00.000Z', zone: 'Asia/Seoul' })
  })

  it('speaks the language that was asked for, Korean if none', async () => {
    const inKorean = await house.call('GET', '/api/nothing', { headers: { 'accept-language': 'ko-KR' } })
    expect(inKorean.body.error.message).to.equal('없는 경로입니다.')
    expect((await house.call('GET', '/api/nothing')).body.error.message).to.equal('There is no such path.')
  })

  it('names the methods that a path knows', async () => {
    expect((await house.call('DELETE', '/api/orders')).headers.get('allow')).to.equal('HEAD, GET, POST')
  })

  it('names each request, and logs neither tokens nor passwords nor payment keys', async () => {
    const answer = await house.call('GET', '/api/nothing', { headers: { 'x-request-id': 'r-1' } })
    expect(answer.headers.get('x-request-id')).to.equal('r-1')
    expect((await house.call('GET', '/api/nothing', { headers: { 'x-request-id': 'no good' } })).headers.get('x-request-id')).to.match(
      /^[\w-]{36}$/,
    )
    const token = await house.tokens.issue(customer1)
    await house.call('POST', '/api/orders', { token, headers: key, body: anOrder({ storeId: 'store-9', paymentKey: 'pk_test_secret' }) })
    await house.call('POST', '/api/sessions', { body: { role: 'customer', login: 'x', password: 'hunter2' } })
    const logged = house.logged.join('')
    expect(logged).to.include('"requestId":"r-1"')
    for (const secret of [token, 'pk_test_secret', 'hunter2']) expect(logged).not.to.include(secret)
  })
})
