import { expect } from 'chai'
import type { PushSubscription } from '../../machines/push.ts'
import { Reachable } from '../../server/gateway/reachable.ts'
import { customer1, type GatewayHouse, openGateway, ops1, PUSH_KEY, rider1, store1 } from './gateway-house.ts'

const PATH = '/api/push/subscriptions'
const aSubscription = (changes: object = {}) => ({
  endpoint: 'https://fcm.googleapis.com/fcm/send/abc',
  keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
  ...changes,
})

describe('push subscriptions', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const known = async (kind: string, id: string) =>
    ((await house.log.latest({ kind, id }))?.body.state.context.push ?? []) as readonly PushSubscription[]

  it('are made under a key that everybody may know', async () => {
    expect((await house.call('GET', '/api/push/key')).body).to.deep.equal({ publicKey: PUSH_KEY })
  })

  for (const account of [store1, rider1, customer1])
    it(`are kept by the actor of a ${account.role}, and given up again`, async () => {
      const { endpoint, keys } = aSubscription()
      const padded = { endpoint, expirationTime: null, keys: { ...keys, auth: `${keys.auth}==` } }
      for (const body of [aSubscription(), padded])
        expect(await house.call('PUT', PATH, { as: account, body })).to.deep.include({ status: 200, body: { endpoint, subscribed: true } })
      expect(await known(account.role, account.id)).to.deep.equal([aSubscription()])
      for (let i = 0; i < 2; i++)
        expect((await house.call('DELETE', PATH, { as: account, body: { endpoint } })).body).to.deep.equal({ endpoint, subscribed: false })
      expect(await known(account.role, account.id)).to.deep.equal([])
    })

  it('are at most five of an account, the newest', async () => {
    for (let i = 0; i < 7; i++)
      await house.call('PUT', PATH, { as: store1, body: aSubscription({ endpoint: `https://push.example.com/${i}` }) })
    expect((await known('store', 'store-1')).map(({ endpoint }) => endpoint.slice(-1))).to.deep.equal(['2', '3', '4', '5', '6'])
  })

  it('are refused when they lead into our own network, or are none', async () => {
    for (const endpoint of [
      'http://fcm.googleapis.com/x',
      'https://10.0.0.1/x',
      'https://localhost/x',
      'http://127.0.0.1:1/x',
      'nonsense',
    ]) {
      const { status, body } = await house.call('PUT', PATH, { as: store1, body: aSubscription({ endpoint }) })
      expect({ status, path: body.error.details.issues[0].path }, endpoint).to.deep.equal({ status: 422, path: ['endpoint'] })
    }
    for (const keys of [undefined, {}, { p256dh: 'short', auth: 'a'.repeat(22) }, { p256dh: 'B'.repeat(87), auth: '!'.repeat(22) }])
      expect((await house.call('PUT', PATH, { as: store1, body: aSubscription({ keys }) })).status).to.equal(422)
    expect(await known('store', 'store-1')).to.deep.equal([])
  })

  it('are for stores, riders and customers who are signed in', async () => {
    expect((await house.call('PUT', PATH, { body: aSubscription() })).status).to.equal(401)
    expect((await house.call('PUT', PATH, { as: ops1, body: aSubscription() })).status).to.equal(403)
    expect((await house.call('POST', PATH, { as: store1, body: aSubscription() })).headers.get('allow')).to.equal('PUT, DELETE')
  })

  it('are not to be had where there is no web push', async () => {
    const reachable = new Reachable({ router: house.router, now: Date.now, newId: () => 'n' })
    expect(() => reachable.key).to.throw('PUSH_OFF')
    const refused = await reachable.subscribe(store1, aSubscription()).catch((error: unknown) => error)
    expect(refused).to.include({ code: 'PUSH_OFF' })
  })
})

describe('a customer’s wish to be told', () => {
  it('is kept, and shown in the profile', async () => {
    await using house = await openGateway()
    const profile = async () => (await house.call('GET', '/api/customers/me', { as: customer1 })).body.messages
    expect(await profile()).to.deep.equal({ kakao: true })
    const said = await house.call('PUT', '/api/customers/me/messages', { as: customer1, body: { kakao: false } })
    expect(said).to.deep.include({ status: 200, body: { kakao: false } })
    expect(await profile()).to.deep.equal({ kakao: false })
    await house.call('PUT', '/api/customers/me/messages', { as: customer1, body: { kakao: true } })
    expect(await profile()).to.deep.equal({ kakao: true })
  })

  it('is the customer’s own to say, and yes or no', async () => {
    await using house = await openGateway()
    const say = (as: typeof customer1, body: unknown) => house.call('PUT', '/api/customers/me/messages', { as, body })
    expect((await say(store1, { kakao: false })).status).to.equal(403)
    for (const body of [{}, { kakao: 'no' }]) expect((await say(customer1, body)).status).to.equal(422)
  })
})

describe('the suspension of notifications', () => {
  it('is shown to operators: what is so now, since when and why, and the newest twenty changes', async () => {
    await using house = await openGateway()
    const view = async () => (await house.call('GET', '/api/ops/notifications', { as: ops1 })).body
    expect(await view()).to.deep.equal({ mode: 'all', reason: '', changes: [] })
    const tell = (event: { type: string; [field: string]: unknown }, i: number) =>
      house.router.ask({
        commandId: `c-${i}`,
        address: { kind: 'channel', id: 'alimtalk' },
        event,
        by: { role: 'system', id: 'notifier' },
        at: new Date(house.clock.now()).toISOString(),
      })
    await tell({ type: 'register' }, 0)
    for (let i = 1; i <= 25; i++) {
      house.clock.advance(60_000)
      await tell({ type: 'setMode', mode: i % 2 ? 'noSms' : 'all', reason: `reason ${i}` }, i)
    }
    const shown = await view()
    const since = new Date(house.clock.now()).toISOString()
    expect(shown).to.deep.include({ mode: 'noSms', since, reason: 'reason 25' })
    expect(shown.changes).to.have.length(20)
    expect(shown.changes[0]).to.deep.equal({ mode: 'noSms', at: since, reason: 'reason 25', by: 'system/notifier' })
    expect(shown.changes[19].reason).to.equal('reason 6')
    expect((await house.call('GET', '/api/ops/notifications', { as: customer1 })).status).to.equal(403)
  })
})
