import { expect } from 'chai'
import fc from 'fast-check'
import { TOKEN } from '../../actors/address.ts'
import type { Account } from '../../server/contract/account.ts'
import { callsOfContract } from '../contract/calls.ts'
import { type Answer, anOrder, customer1, type GatewayHouse, openGateway, ops1, rider1, store1 } from '../http/gateway-house.ts'
import { hostileJson, hostileText, spoiled } from './hostile.ts'

/** Requests in all, and how many are under way at once. */
const REQUESTS = 10_000
const AT_ONCE = 25

describe('the HTTP door under hostile input', function () {
  this.timeout(120_000)
  let house: GatewayHouse
  before(async () => {
    house = await openGateway()
  })
  after(() => house[Symbol.asyncDispose]())

  const calls = callsOfContract().map(({ method, path }) => ({ method: method.toUpperCase(), path }))
  const who = fc.constantFrom<Account | undefined>(undefined, customer1, store1, rider1, ops1)
  const body = fc.oneof(
    hostileJson,
    spoiled(anOrder({ paymentKey: 'pk_test_fuzz' })),
    spoiled({ paymentKey: 'pk_test_fuzz', prepMinutes: 10, reason: '사유', expectedVersion: 1 }),
  )
  const request = fc.record({
    call: fc.constantFrom(...calls),
    who,
    id: hostileText,
    body,
    key: hostileText,
    query: hostileText,
    raw: fc.option(hostileText),
  })
  type Asked = typeof request extends fc.Arbitrary<infer T> ? T : never

  const ask = ({ call: { method, path }, who: as, id, body: sent, key, query, raw }: Asked): Promise<Answer> => {
    const named = path.replace(/\{\w+\}/g, () => encodeURIComponent(wellFormed(id)))
    const real =
      method === 'GET' ? `${named}?${new URLSearchParams({ q: query, cursor: query, limit: query, lat: query, from: query })}` : named
    return house.call(method, real, {
      ...(as ? { as } : {}),
      ...(method === 'GET' ? {} : raw === null ? { body: sent } : { raw }),
      ...(sendable(key) ? { headers: { 'idempotency-key': key } } : {}),
    })
  }

  it(`answers ${REQUESTS} requests, none of them with a 500, and writes nothing under a name that is none`, async () => {
    let refused = 0
    let asked = 0
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: AT_ONCE, maxLength: AT_ONCE }), async requests => {
        const end = await house.log.end('ORDERS')
        const answers = await Promise.all(requests.map(ask))
        asked += answers.length
        for (const [i, { status, body: said }] of answers.entries()) {
          expect(status, JSON.stringify([said, requests[i]]).slice(0, 500)).to.be.within(200, 499)
          if (status < 400) continue
          refused++
          if (status === 431) continue // a path beyond 16 KB never gets as far as us
          expect(said?.error?.code, JSON.stringify([said, requests[i]]).slice(0, 500)).to.match(/^[A-Z_]+$/)
          expect(said.error.message).to.be.a('string').and.not.equal('')
        }
        const wrote = answers.some(({ status }, i) => status < 400 && requests[i]?.call.method !== 'GET')
        if (!wrote) expect(await house.log.end('ORDERS')).to.equal(end)
      }),
      { numRuns: REQUESTS / AT_ONCE, endOnFailure: true },
    )
    expect(asked).to.equal(REQUESTS)
    expect(refused, 'of them refused').to.be.above(REQUESTS / 2)
    expect(({} as { isAdmin?: boolean }).isAdmin, 'a prototype').to.equal(undefined)
    const everything = ['evt.>', 'fx.>', 'out.>', 'due.>', 'timer.>', 'inbox.>', 'dead.>']
    for await (const { subject } of house.log.newest(everything))
      expect(
        subject.split('.').every(token => TOKEN.test(token)),
        subject,
      ).to.equal(true)
    house.clock.advance(1) // whoever signed out everywhere may begin a new session
    const still = await house.place({ paymentKey: 'pk_test_after' })
    expect([still.status, still.body.status]).to.deep.equal([201, 'placed'])
  })
})

/** A URL can hold any text but half a surrogate pair. */
const wellFormed = (text: string): string => (text.isWellFormed() && text !== '' ? text : encodeURIComponent(text.toWellFormed()) || '%20')
/** What an HTTP client lets into a header. */
const sendable = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text) && text.trim() === text
