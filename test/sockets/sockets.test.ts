import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { Registry } from 'prom-client'
import { io, type Socket } from 'socket.io-client'
import { orderContext } from '../../actors/kinds/order.ts'
import type { Live } from '../../clients/shared/live.ts'
import type { ConnectError } from '../../clients/shared/refusals.ts'
import type { Account } from '../../server/contract/account.ts'
import { ApiError } from '../../server/contract/errors.ts'
import { orderView } from '../../server/contract/order-view.ts'
import { PushTally } from '../../server/metrics/pushes.ts'
import { RequestMetrics } from '../../server/metrics/requests.ts'
import type { CommandRequest } from '../../server/sockets/requests.ts'
import { attachSockets, type Sockets } from '../../server/sockets/sockets.ts'
import { GANGNAM, NO_READS, northOf, Town, until } from '../gateway/pusher-town.ts'
import { CheckedLive, noBreach } from '../harness/checked.ts'
import { systemClock } from '../harness/clock.ts'
import { breachOfPush } from '../harness/contract-check.ts'
import { generous, OPEN_DOORS } from '../harness/generous.ts'

const accountOf = (token: string): Account => {
  const [role = '', id = ''] = token.split('/')
  if (role === 'old') throw new ApiError('TOKEN_EXPIRED')
  if (!['customer', 'store', 'rider', 'ops'].includes(role)) throw new ApiError('UNAUTHENTICATED')
  return { role: role as Account['role'], id }
}

describe('sockets', () => {
  let town: Town
  let http: Server
  let sockets: Sockets
  let origin: string
  let opened: { close(): void }[]
  let hold: Promise<void>
  let reading: Promise<void>
  let ended: Set<string>
  let looked: (token: string) => void
  let made: number
  let said: object[]
  let heard: Account[]

  beforeEach(async () => {
    reading = Promise.resolve()
    town = await Town.open({
      openOrdersOf: account => reading.then(() => NO_READS.openOrdersOf(account)),
      position: stream => reading.then(() => NO_READS.position(stream)),
    })
    http = createServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    opened = []
    hold = Promise.resolve()
    ended = new Set()
    looked = () => undefined
    made = 0
    said = []
    heard = []
    const { pusher, positions } = town
    sockets = attachSockets(http, {
      clock: systemClock,
      delayMs: () => 0,
      budgets: generous(),
      metrics: new RequestMetrics(new Registry()),
      pushes: new PushTally(),
      doors: OPEN_DOORS,
      pass: async token => {
        const pass = { account: accountOf(token), sessionId: token, issuedMs: 0 }
        looked(token)
        return pass
      },
      isEnded: ({ sessionId = '' }) => ended.has(sessionId),
      commands: { execute },
      positions,
      pusher,
      setOnline: ({ id }, online) => town.tell(`rider/${id}`, { type: online ? 'goOnline' : 'goOffline' }, id),
      act: async (account, id, event) => {
        const order = await town.log.latest({ kind: 'order', id })
        if (!order) throw new ApiError('ORDER_NOT_FOUND')
        if (orderContext(order.body.state).store.id !== account.id) throw new ApiError('FORBIDDEN')
        return town.tell(`order/${id}`, { type: event }, account.id)
      },
      newId: () => `made-${++made}`,
      logger: {
        debug: (line: object) => void said.push(line),
        info: (line: object) => void said.push(line),
        warn: (...args: unknown[]) => void town.warnings.push(args),
        error: (...args: unknown[]) => void town.warnings.push(args),
      },
      drainMs: 1_000,
    })
  })

  afterEach(async () => {
    for (const each of opened) each.close()
    await sockets.close()
    http.close()
    await town[Symbol.asyncDispose]()
    expect([sockets.count, town.pusher.held]).to.deep.equal([0, 0])
  })

  /** Orders are moved by the actor itself; the rules of the real door have tests of their own. */
  const execute = async (account: Account, { name, orderId = '', body }: CommandRequest) => {
    heard.push(account)
    await hold
    const before = await town.log.latest({ kind: 'order', id: orderId })
    if (!before) throw new ApiError('ORDER_NOT_FOUND')
    try {
      await town.tell(`order/${orderId}`, { ...(body as object), type: name }, account.id)
    } catch (cause) {
      throw new ApiError('ORDER_REFUSED', { details: { version: before.body.version }, cause })
    }
    const after = (await town.log.latest({ kind: 'order', id: orderId })) ?? before
    return { view: orderView(after.body.state, after.body.version, after.body.at, account.role), status: 200 }
  }

  const joins = async (token: string, locale?: 'ko' | 'en'): Promise<Live> => {
    const live = new CheckedLive({ origin, token, ...(locale === undefined ? {} : { locale }) })
    opened.push(live)
    await live.connect()
    return live
  }
  const raw = async (token: string): Promise<Socket> => {
    const socket = io(origin, { transports: ['websocket'], auth: { token }, forceNew: true })
    opened.push(socket)
    socket.onAny((name: string, payload: unknown) => noBreach(breachOfPush(name, payload)))
    await new Promise<void>(resolve => socket.once('sync', () => resolve()))
    return socket
  }

  it('refuse a bad token, an old one and none at all, by code and in the reader’s language', async () => {
    const refusals = []
    for (const token of ['nobody/x', 'old/x', '']) {
      refusals.push(await joins(token, 'en').catch(({ code, message }: ConnectError) => [code, message]))
    }
    expect(refusals).to.deep.equal([
      ['UNAUTHENTICATED', 'Please sign in.'],
      ['TOKEN_EXPIRED', 'The session has expired. Please sign in again.'],
      ['UNAUTHENTICATED', 'Please sign in.'],
    ])
    const korean = await joins('nobody/x').catch(({ message }: ConnectError) => message)
    expect(korean).to.equal('로그인이 필요합니다.')
  })

  it('tell everything open at once, and every change from there, with rising versions', async () => {
    await town.placed('o_1')
    const live = await joins('customer/customer-1')
    expect(live.orders.all.map(({ id, status }) => [id, status])).to.deep.equal([['o_1', 'placed']])
    const versions: number[] = []
    live.on('order', ({ version }) => versions.push(version))
    await town.tell('order/o_1', { type: 'accept', prepMinutes: 10 })
    await town.tell('order/o_1', { type: 'startCooking' })
    await until('cooking', () => live.orders.get('o_1')?.status === 'cooking')
    expect(versions).to.deep.equal([3, 4])
  })

  it('answer a command with the order, and a refused one with a typed error', async () => {
    await town.placed('o_1')
    const live = await joins('store/store-1', 'en')
    const accepted = await live.command({ name: 'accept', orderId: 'o_1', prepMinutes: 10 })
    expect(accepted.ok && [accepted.order.status, accepted.order.prepMinutes]).to.deep.equal(['accepted', 10])
    const again = await live.command({ name: 'accept', orderId: 'o_1', prepMinutes: 10 })
    expect(again).to.deep.equal({
      ok: false,
      requestId: 'made-2',
      error: { code: 'ORDER_REFUSED', message: 'The order cannot do this in its present state.', details: { version: 3 } },
    })
  })

  it('name each request as the client does, or else by themselves, in the answer, to whoever does it, and in the log', async () => {
    await town.placed('o_1')
    const socket = await raw('store/store-1')
    const ask = (payload: object) =>
      socket.timeout(2_000).emitWithAck('command', { name: 'accept', orderId: 'o_1', prepMinutes: 5, ...payload })
    expect(await ask({ requestId: 'tap-7' })).to.include({ ok: true, requestId: 'tap-7' })
    expect(await ask({ requestId: 'tap-8' })).to.include({ ok: false, requestId: 'tap-8' })
    for (const bad of ['', 'a b', 'x'.repeat(65), 7, null, {}]) expect((await ask({ requestId: bad })).requestId).to.match(/^made-\d$/)
    expect(heard[0]).to.deep.equal({ role: 'store', id: 'store-1', requestId: 'tap-7' })
    expect(said.slice(0, 2)).to.deep.equal([
      { requestId: 'tap-7', request: 'command', account: { role: 'store', id: 'store-1' } },
      { requestId: 'tap-8', request: 'command', account: { role: 'store', id: 'store-1' }, code: 'ORDER_REFUSED' },
    ])
  })

  it('let a store acknowledge an order of its own', async () => {
    await town.placed('o_1')
    const [mine, other, customer] = [await joins('store/store-1'), await joins('store/store-2'), await joins('customer/customer-1')]
    expect(await mine.seen('o_1')).to.deep.equal({ ok: true, requestId: 'made-1' })
    const refused = [await other.seen('o_1'), await customer.seen('o_1'), await mine.seen('o_none')]
    expect(refused.map(ack => !ack.ok && ack.error.code)).to.deep.equal(['FORBIDDEN', 'FORBIDDEN', 'ORDER_NOT_FOUND'])
    const seen = await town.log.latest({ kind: 'order', id: 'o_1' })
    expect(seen?.body.event.type).to.equal('seen')
  })

  it('take a rider from coming online to the door, and show his way to the customer', async () => {
    await town.tell('rider/rider-1', { type: 'register', name: '박라이더', phone: '01000000009' })
    await town.cooked('o_1', { to: northOf(GANGNAM, 700) })
    const [rider, customer, other] = [await joins('rider/rider-1'), await joins('customer/customer-1'), await joins('customer/customer-2')]
    const found: string[] = []
    const gone: string[] = []
    const way: number[] = []
    const strangers: unknown[] = []
    rider.on('delivery', ({ orderId, distanceM }) => found.push(`${orderId} ${distanceM}`))
    rider.on('delivery:gone', ({ orderId }) => gone.push(orderId))
    customer.on('rider:location', ({ lat }) => way.push(lat))
    other.on('rider:location', location => strangers.push(location))
    const at = town.nowIso
    expect(await rider.location({ ...GANGNAM, seq: 2, at })).to.deep.equal({ ok: true, accepted: true })
    expect(await rider.location({ ...GANGNAM, seq: 1, at })).to.deep.equal({ ok: true, accepted: false })
    expect(await rider.online(true)).to.deep.include({ ok: true, online: true })
    await until('the delivery is found', () => found.length > 0)
    const picked = await rider.command({ name: 'pick', orderId: 'o_1' })
    expect(picked.ok && picked.order.deliverTo.address).to.equal('서울 강남구 테헤란로 1')
    await until('the way is shown', () => way.length > 0)
    const there = northOf(GANGNAM, 700)
    await rider.location({ ...there, seq: 3, at })
    await until('the way goes on', () => way.length > 1)
    await rider.command({ name: 'deliver', orderId: 'o_1' })
    await until('all know', () => [rider, customer].every(live => live.orders.get('o_1')?.status === 'delivered'))
    expect([found, gone, way, strangers]).to.deep.equal([['o_1 700'], ['o_1'], [GANGNAM.lat, there.lat], []])
  })

  it('refuse what is not an account’s to say, or not said well', async () => {
    const customer = await raw('customer/customer-1')
    const ask = async (...args: [string, ...unknown[]]) =>
      (await customer.timeout(2_000).emitWithAck(...args)) as { error: { code: string } }
    const location = { ...GANGNAM, seq: 1, at: town.nowIso }
    expect((await ask('location', location)).error.code).to.equal('FORBIDDEN')
    expect((await ask('online', { online: true })).error.code).to.equal('FORBIDDEN')
    for (const bad of [
      undefined,
      null,
      7,
      'pick',
      [],
      {},
      { name: 'explode' },
      { name: 'confirm', orderId: 'a.b' },
      { name: 'confirm', orderId: { $gt: '' } },
    ]) {
      expect((await ask('command', bad)).error.code, JSON.stringify(bad)).to.equal('INVALID')
    }
    const rider = await raw('rider/rider-1')
    for (const bad of [
      { ...location, lat: '37' },
      { ...location, lng: 181 },
      { ...location, seq: -1 },
      { ...location, at: 'now' },
    ]) {
      expect((await rider.timeout(2_000).emitWithAck('location', bad)).error.code, JSON.stringify(bad)).to.equal('INVALID')
    }
  })

  it('survive who sends nonsense, wants no answer, or sends too much', async () => {
    const rude = await raw('customer/customer-1')
    rude.emit('command')
    rude.emit('command', { name: 'confirm', orderId: 'o_1' })
    rude.emit('unheard-of', Buffer.from('x'))
    ;(rude.io.engine as unknown as { write(text: string): void }).write('2["error",{}]')
    rude.emit('command', { name: 'cancel', reason: 'x'.repeat(70_000) })
    await new Promise(resolve => rude.once('disconnect', resolve))
    expect(town.warnings).to.have.length(1)
    const polite = await joins('customer/customer-1')
    expect(polite.connected).to.equal(true)
  })

  it('bound what one socket may have in hand', async () => {
    await town.placed('o_1')
    const socket = await raw('customer/customer-1')
    let go = (): void => undefined
    hold = new Promise(resolve => {
      go = resolve
    })
    const asking = Array.from({ length: 33 }, () => socket.timeout(5_000).emitWithAck('command', { name: 'cancel', orderId: 'o_none' }))
    expect((await asking[32])?.error.code).to.equal('TOO_MANY_REQUESTS')
    go()
    const codes = (await Promise.all(asking.slice(0, 32))).map(({ error }) => error.code)
    expect(new Set(codes)).to.deep.equal(new Set(['ORDER_NOT_FOUND']))
  })

  it('share one subscription, and release it with the last socket', async () => {
    const [first, second] = [await joins('store/store-1'), await joins('store/store-1')]
    expect([sockets.count, town.pusher.held]).to.deep.equal([2, 1])
    first.close()
    await until('one has left', () => sockets.count === 1)
    expect(town.pusher.held).to.equal(1)
    second.close()
    await until('both have left', () => sockets.count === 0)
    expect(town.pusher.held).to.equal(0)
  })

  it('send every client for a new sync when what was heard may have a gap', async () => {
    const socket = await raw('customer/customer-1')
    const left = new Promise(resolve => socket.once('disconnect', resolve))
    sockets.renew()
    expect([await left, socket.active]).to.deep.equal(['transport close', true])
  })

  it('are cut for good when the session that opened them is ended, and no others', async () => {
    const [phone, laptop] = [await raw('customer/customer-1'), await raw('customer/customer-2')]
    const left = new Promise(resolve => phone.once('disconnect', resolve))
    ended.add('customer/customer-1')
    sockets.end()
    expect([await left, phone.active, laptop.connected]).to.deep.equal(['io server disconnect', false, true])
  })

  it('are cut though their session ends in the very moment after their token was looked at', async () => {
    looked = token => {
      ended.add(token)
      sockets.end()
    }
    const socket = io(origin, { transports: ['websocket'], auth: { token: 'customer/customer-1' }, forceNew: true })
    opened.push(socket)
    const told: string[] = []
    socket.onAny((name: string) => told.push(name))
    const left = new Promise(resolve => socket.once('disconnect', resolve))
    expect([await left, socket.active, told, sockets.count]).to.deep.equal(['io server disconnect', false, [], 0])
  })

  it('are cut though their session ends while they wait for their first sync', async () => {
    let go = (): void => undefined
    reading = new Promise(resolve => {
      go = resolve
    })
    const socket = io(origin, { transports: ['websocket'], auth: { token: 'customer/customer-1' }, forceNew: true })
    opened.push(socket)
    const told: string[] = []
    socket.onAny((name: string) => told.push(name))
    const left = new Promise(resolve => socket.once('disconnect', resolve))
    await until('it is let in', () => sockets.count === 1)
    ended.add('customer/customer-1')
    sockets.end()
    expect([await left, socket.active]).to.deep.equal(['io server disconnect', false])
    go()
    await until('nothing is held for it', () => town.pusher.held === 0)
    expect(told).to.deep.equal([])
  })

  it('finish what is in hand when the server stops, and close in a way that clients come back from', async () => {
    await town.placed('o_1')
    const socket = await raw('store/store-1')
    let go = (): void => undefined
    hold = new Promise(resolve => {
      go = resolve
    })
    const accepting = socket.timeout(5_000).emitWithAck('command', { name: 'accept', orderId: 'o_1', prepMinutes: 5 })
    const left = new Promise(resolve => socket.once('disconnect', resolve))
    await socket.timeout(5_000).emitWithAck('online', {}) // by now the command before it has been taken
    const closing = sockets.close()
    const refused = await socket.timeout(5_000).emitWithAck('seen', { orderId: 'o_1' })
    go()
    expect([(await accepting).order.status, refused.error.code, refused.error.retryAfterS]).to.deep.equal(['accepted', 'DRAINING', 1])
    await closing
    expect([await left, socket.active, http.listening]).to.deep.equal(['transport close', true, true])
  })
})
