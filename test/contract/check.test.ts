import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { Api } from '../../clients/shared/api.ts'
import { breaches, mochaHooks } from '../harness/breaches.ts'
import { checkedFetch } from '../harness/checked.ts'
import { breachOfAck, breachOfAnswer, breachOfPush } from '../harness/contract-check.ts'
import { occurrences, sourcesIn } from '../house/sources.ts'

const ORDER = {
  id: 'o_81',
  version: 2,
  status: 'placed',
  store: { id: 'store-1', name: '역삼통닭' },
  customer: { id: 'customer-1', name: '김민아' },
  items: [{ menuId: 'm-1', name: '후라이드', quantity: 1, unitPrice: 18_000, choices: [], lineTotal: 18_000 }],
  total: 18_000,
  deliverTo: { area: '87283472bffffff' },
  payment: { status: 'approved' },
  refund: 'none',
  placedAt: '2026-11-22T03:00:00.000Z',
  updatedAt: '2026-11-22T03:00:01.000Z',
}
const ERROR = { error: { code: 'ORDER_REFUSED', message: 'The order cannot do this in its present state.' } }

const said = (method: string, path: string, status: number, body: unknown, type = 'application/json; charset=utf-8') =>
  breachOfAnswer({ method, path, status, type, text: body === undefined ? '' : JSON.stringify(body) })
const accepted = (status: number, body: unknown) => said('POST', '/api/orders/o_81/accept', status, body)

describe('the check of what is said against the documents', () => {
  it('finds nothing wrong with what is right', () => {
    expect(accepted(200, ORDER)).to.equal(undefined)
    expect(accepted(409, ERROR)).to.equal(undefined)
    expect(said('GET', '/api/orders/o_81', 304, undefined)).to.equal(undefined)
    expect(said('GET', '/api/nothing', 404, { error: { code: 'ROUTE_NOT_FOUND', message: 'x' } })).to.equal(undefined)
    expect(breachOfPush('order', ORDER)).to.equal(undefined)
    expect(breachOfPush('delivery:gone', { orderId: 'o_81', reason: 'picked' })).to.equal(undefined)
    expect(breachOfAck('command', { ok: true, requestId: 'r-1', order: ORDER })).to.equal(undefined)
    expect(breachOfAck('seen', { ok: false, requestId: 'r-1', ...ERROR })).to.equal(undefined)
  })

  const { total: _total, ...withoutTotal } = ORDER
  const wrong: readonly (readonly [what: string, breach: string | undefined])[] = [
    ['a field that is missing', accepted(200, withoutTotal)],
    ['a field that nobody knows', accepted(200, { ...ORDER, secret: 1 })],
    ['a field that nobody knows, deep inside', accepted(200, { ...ORDER, customer: { ...ORDER.customer, phone: '010' } })],
    ['a field of another type', accepted(200, { ...ORDER, total: '18000' })],
    ['a status of the order that is none', accepted(200, { ...ORDER, status: 'eaten' })],
    ['a status that the call does not have', accepted(204, undefined)],
    ['an error with the status of another', accepted(404, ERROR)],
    ['an error without its message', accepted(409, { error: { code: 'ORDER_REFUSED' } })],
    ['an error that knows more than it should', accepted(409, { error: { ...ERROR.error, stack: 'at …' } })],
    ['a call that is not documented', said('GET', '/api/everything', 200, {})],
    ['a method that is not documented', said('DELETE', '/api/orders', 200, {})],
    ['a body with what has none', said('GET', '/api/orders/o_81', 304, ORDER)],
    ['another media type', said('GET', '/api/orders/o_81', 200, ORDER, 'text/html')],
    ['no body at all', accepted(200, undefined)],
    ['a push that is not documented', breachOfPush('surprise', {})],
    ['a push with too much in it', breachOfPush('rider:hidden', { orderId: 'o_81', at: ORDER.placedAt, lat: 37.5 })],
    ['a push with too little in it', breachOfPush('payment:ticket', { orderId: 'o_81', position: 3 })],
    ['a yes without its answer', breachOfAck('command', { ok: true, requestId: 'r-1' })],
    ['a no without its reason', breachOfAck('location', { ok: false })],
  ]
  for (const [what, breach] of wrong)
    it(`finds ${what}`, () => {
      expect(breach).to.be.a('string')
    })

  describe('of a server that breaks its word', () => {
    let server: Server
    let origin: string
    before(async () => {
      server = createServer((_req, res) => {
        res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...ORDER, password: 'hunter2' }))
      })
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    after(async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    })

    it('fails the call, and the test even when it does not look', async () => {
      const asked = new Api(origin, 'en', checkedFetch).call('/api/orders/o_81')
      const error = await asked.then(
        () => undefined,
        (thrown: Error) => thrown,
      )
      expect(error?.message).to.include('GET /api/orders/o_81 200').and.include('additional properties')
      expect(breaches).to.have.length(1)
      expect(mochaHooks.afterEach).to.throw('GET /api/orders/o_81 200')
      expect(breaches).to.deep.equal([])
    })
  })

  it('is made of every answer that a story of the journeys and the needs gets', () => {
    const stories = sourcesIn('test/journey', 'test/needs', 'test/http')
    expect(stories.length).to.be.above(30)
    expect(occurrences(stories, /\bnew (Api\((?!.*checkedFetch)|Live\()/g)).to.deep.equal([])
    // What is fetched without the check is a stand-in’s, or a process’s own health.
    const bare = occurrences(stories, /(?<!\w)fetch\(.{0,70}/g).filter(found => !/stand-in|standIns|psp|kakao|metrics|health/.test(found))
    expect(bare).to.deep.equal([])
  })
})
