import { expect } from 'chai'
import { Pushes } from '../../server/consumers/notifier-pushes.ts'
import { GANGNAM, until } from '../gateway/pusher-town.ts'
import { PushTown } from './notifier-push-town.ts'

const profile = {
  name: '황금치킨',
  address: '서울 강남구 역삼로 1',
  phone: '0200000001',
  ...GANGNAM,
  zone: 'Asia/Seoul',
  hours: Array.from({ length: 7 }, () => ({ open: '00:00', close: '00:00' })),
}

describe('the call to a store whose tablet nobody looks at', () => {
  let push: PushTown
  let times = 0
  beforeEach(async () => {
    times = 0
    push = await PushTown.open()
    await push.town.tell('store/store-1', { type: 'register', profile })
  })
  afterEach(() => push[Symbol.asyncDispose]())

  const alertsOf = async () => (await push.town.log.latest({ kind: 'order', id: 'o_1' }))?.body.state.context.alerts ?? 0
  /** Lets half a minute pass, and the order's timer ring. */
  const halfAMinute = async () => {
    times += 1
    push.town.clock.advance(30_000)
    await until(`call ${times}`, async () => (await alertsOf()) === times)
  }
  /** Lets time go by, half a second whenever all is quiet, but not so much that the store is called again. */
  const soon = (what: string, met: () => boolean) => {
    let leftMs = 25_000
    let quiet = Date.now()
    return until(what, () => {
      if (leftMs > 0 && Date.now() - quiet > 20) {
        push.town.clock.advance(500)
        leftMs -= 500
        quiet = Date.now()
      }
      return met()
    })
  }
  const arrived = (count: number) => until(`${count} pushes`, () => push.service.arrived.length === count)

  it('goes to its browsers from the third time on, each time, and names the order', async () => {
    await push.subscribe('store/store-1', 'tablet')
    await push.subscribe('store/store-1', 'phone')
    await push.alerts()
    await push.town.placed('o_1')
    await halfAMinute()
    await halfAMinute()
    expect(push.service.arrived).to.deep.equal([])
    await halfAMinute()
    await arrived(2)
    expect(push.service.arrived.map(({ to }) => to)).to.have.members(['tablet', 'phone'])
    expect(push.service.arrived[0]).to.deep.include({ topic: 'o_1', urgency: 'high', ttlS: 120 })
    expect(push.service.arrived[0]?.payload).to.include({ type: 'newOrder', orderId: 'o_1', alerts: 3, body: '후라이드 · 18,000원' })
    await halfAMinute()
    await arrived(4)
    expect(push.service.to('phone').map(({ payload }) => payload.alerts)).to.deep.equal([3, 4])
    await push.said.until('push sent', 4)
    const written = await push.book.messagesOf('o_1')
    expect(written.map(({ about, channel, to, status }) => ({ about, channel, to, status }))).to.deep.equal(
      [3, 3, 4, 4].map(n => ({ about: `alert-${n}`, channel: 'webPush', to: 'store/store-1', status: 'sent' })),
    )
  })

  it('ends when a human has looked', async () => {
    await push.subscribe('store/store-1', 'tablet')
    await push.alerts()
    await push.town.placed('o_1')
    for (let i = 0; i < 3; i++) await halfAMinute()
    await arrived(1)
    await push.town.tell('order/o_1', { type: 'seen' })
    push.town.clock.advance(300_000)
    await push.town.tell('order/o_1', { type: 'accept', prepMinutes: 10 })
    expect(push.service.arrived).to.have.length(1)
  })

  it('is written in the log for operators from the sixth time on, though there is no web push', async () => {
    const started = await push.alerts(undefined)
    await push.town.placed('o_1')
    for (let i = 0; i < 6; i++) await halfAMinute()
    await push.said.until('an operator must call')
    await started.stop()
    const line = JSON.parse(push.said.lines.find(each => each.includes('an operator must call')) ?? '{}')
    expect(line).to.include({ level: 50, orderId: 'o_1', storeId: 'store-1', alerts: 6 })
  })

  it('does not come late: what was overtaken by a later call, or by an answer, is not sent', async () => {
    await push.subscribe('store/store-1', 'tablet')
    await push.town.placed('o_1')
    for (let i = 0; i < 5; i++) await halfAMinute()
    await push.alerts()
    await arrived(1)
    expect(push.service.arrived[0]?.payload.alerts).to.equal(5)
  })

  it('goes to a browser at most once, however often it is delivered, and though another had to wait', async () => {
    await push.subscribe('store/store-1', 'tablet')
    await push.subscribe('store/store-1', 'phone')
    await push.town.placed('o_1')
    for (let i = 0; i < 3; i++) await halfAMinute()
    push.service.answer({ status: 429, retryAfter: '2' })
    await push.alerts()
    await push.said.until('trying again later')
    await push.said.until('push sent')
    await soon('the other one is tried again', () => push.service.arrived.length === 2)
    expect(push.service.arrived.map(({ to }) => to)).to.deep.equal(['phone', 'tablet'])
    expect(push.service.calls).to.equal(3)
  })

  it('is not repeated when its outcome is unknown, by a call or by a crash between claim and call', async () => {
    const tablet = await push.subscribe('store/store-1', 'tablet')
    await push.town.placed('o_1')
    for (let i = 0; i < 3; i++) await halfAMinute()
    const { promise: claimed, resolve } = Promise.withResolvers<void>()
    const dying = new Pushes({
      router: push.town.router,
      book: push.book,
      clock: push.town.clock,
      newId: () => 'dying',
      logger: push.said.logger,
      webPush: {
        timeoutMs: 1_000,
        send: () => {
          resolve()
          return new Promise(() => {}) // the process ends here
        },
      },
    })
    const message = { payload: {}, ttlS: 60, urgency: 'high', topic: 'o_1' } as const
    void dying.tell({ to: { kind: 'store', id: 'store-1' }, subscriptions: [tablet], orderId: 'o_1', about: 'alert-3', message })
    await claimed
    for (let i = 0; i < 5; i++)
      await push.pushes.tell({ to: { kind: 'store', id: 'store-1' }, subscriptions: [tablet], orderId: 'o_1', about: 'alert-3', message })
    expect(push.service.calls).to.equal(0)
    expect((await push.book.messagesOf('o_1')).map(({ status }) => status)).to.deep.equal(['sending'])
  })

  it('gives up a browser that is gone, and serves the others', async () => {
    await push.subscribe('store/store-1', 'old')
    const phone = await push.subscribe('store/store-1', 'phone')
    await push.town.placed('o_1')
    for (let i = 0; i < 3; i++) await halfAMinute()
    push.service.answer({ status: 410 })
    await push.alerts()
    await arrived(1)
    const known = async () => (await push.town.log.latest({ kind: 'store', id: 'store-1' }))?.body.state.context.push
    await until('the subscription is given up', async () => JSON.stringify(await known()) === JSON.stringify([phone]))
    await halfAMinute()
    await arrived(2)
    expect(push.service.calls).to.equal(3)
  })

  it('leaves a silent push service in peace', async () => {
    for (const name of ['a', 'b', 'c']) await push.subscribe('store/store-1', name)
    await push.town.placed('o_1')
    for (let i = 0; i < 3; i++) await halfAMinute()
    push.service.answer({ status: 503 })
    await push.alerts()
    await push.said.until('trying again later')
    await soon('it is served when it is well', () => push.service.arrived.length === 3)
    expect(push.service.calls, 'one went ahead, the others followed').to.equal(4)
  })
})
