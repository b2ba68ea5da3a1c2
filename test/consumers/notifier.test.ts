import { expect } from 'chai'
import type { Work } from '../../actors/log.ts'
import type { AlimTalk } from '../../server/outside/solapi.ts'
import { startKakao } from '../../server/outside/stand-ins/kakao.ts'
import { KEYS, NotifierHouse } from './notifier-house.ts'

describe('the notifier', () => {
  let house: NotifierHouse
  beforeEach(async () => {
    house = await NotifierHouse.open()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  it('tells the customer of every step, once, in Korean', async () => {
    await house.notify({ concurrency: 1 })
    await house.placed('order-1')
    await house.delivered('order-1')
    await house.orders.tell('order-1', { type: 'confirm' })
    await house.said.until('customer told', 6)
    expect(await house.told()).to.deep.equal(['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered'])
    const [first, second] = await house.taken()
    expect(first?.text).to.include('황금치킨').and.include('후라이드 외 1건').and.include('18,000원')
    expect(second?.kakaoOptions).to.deep.equal({
      pfId: 'KA01PF1',
      templateId: 'BAEDAL_ACCEPTED_1',
      variables: { '#{store}': '황금치킨', '#{order}': 'order-1', '#{minutes}': '25' },
      disableSms: false,
    })
    expect(first?.customFields.commandId).to.match(/^fx:order\/order-1/)
    const written = await house.book.messagesOf('order-1')
    expect(written.map(({ about }) => about)).to.deep.equal(['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered'])
    expect(written[0]).to.include({ channel: 'alimtalk', to: 'customer/customer-1', status: 'sent', messageId: first?.messageId })
  })

  it('sends the id of the request along, so that a message can be traced to it', async () => {
    await house.notify()
    await house.placed('order-1')
    await house.ask({
      commandId: 'c-accept',
      correlationId: 'req-81',
      address: { kind: 'order', id: 'order-1' },
      event: { type: 'accept', prepMinutes: 10 },
    })
    await house.said.until('customer told', 2)
    const accepted = (await house.taken()).find(({ customFields }) => customFields.status === 'accepted')
    expect(accepted?.customFields.correlationId).to.equal('req-81')
    expect(await house.book.find({ orderId: 'order-1', about: 'accepted', channel: 'alimtalk' })).to.include({ correlationId: 'req-81' })
  })

  it('tells of an end and of the refund after it', async () => {
    await house.notify()
    await house.placed('order-1')
    await house.orders.tell('order-1', { type: 'reject', reason: '재료 소진' }, 'store')
    await house.answer('order-1', { canceledAt: new Date().toISOString() }, 'cancelPayment')
    await house.said.until('customer told', 3)
    expect(await house.told()).to.have.members(['placed', 'rejected', 'refunded'])
    expect((await house.taken()).find(({ customFields }) => customFields.status === 'rejected')?.text).to.include('재료 소진')
  })

  it('sends one message however often a record comes', async () => {
    await house.notify()
    await house.placed('order-1')
    await house.declined('order-2')
    await house.said.until('customer told', 2)
    const records = [
      ...(await house.orders.log.history({ kind: 'order', id: 'order-1' })),
      ...(await house.orders.log.history({ kind: 'order', id: 'order-2' })),
    ]
    const { promise: allRead, resolve } = Promise.withResolvers<void>()
    let read = 0
    const rereading = (work: Work<unknown>, i: number): Work<unknown> => ({
      ...work,
      durable: `notifier-${i}`,
      handler: async (message, attempt) => {
        const settled = await work.handler(message, attempt)
        if (++read === 5 * records.length) resolve()
        return settled
      },
    })
    for (let i = 0; i < 5; i++) {
      // Another consumer of the same log reads every record again.
      const log = new Proxy(house.orders.log, {
        get: (target, name) =>
          name === 'consume' ? (work: Work<unknown>) => target.consume(rereading(work, i)) : Reflect.get(target, name).bind(target),
      })
      await house.notify({ log })
    }
    await allRead
    expect(await house.told()).to.have.members(['placed', 'paymentFailed'])
  })

  it('leaves out who has no phone, and news that is of no use any more', async () => {
    house.aheadMs = 31 * 60_000
    await house.notify()
    await house.placed('order-1')
    await house.placed('order-2', { customer: { id: 'customer-2' } })
    await house.orders.tell('order-1', { type: 'cancel', reason: '변심' })
    await house.said.until('customer told')
    expect(await house.told(), 'placed is half an hour old, canceled is news for a day').to.deep.equal(['canceled'])
  })

  it('gives the claim back when the provider was surely not reached, and tells later', async () => {
    const { port } = house.kakao
    await house.kakao.stop()
    await house.notify()
    await house.placed('order-1')
    await house.said.until('out of reach')
    house.kakao = await startKakao({ port, ...KEYS, now: () => Date.now(), newId: () => 'after' })
    await house.said.until('customer told')
    expect(await house.told()).to.deep.equal(['placed'])
  })

  it('does not repeat a message that may have arrived, and leaves the silent provider in peace', async () => {
    const impatient = house.client({ timeoutMs: 150 })
    const hasty = {
      send: (message: AlimTalk) => (house.said.lines.some(line => line.includes('may not')) ? house.solapi : impatient).send(message),
    }
    await house.notify({ concurrency: 1, solapi: { ...hasty, timeoutMs: 150 } })
    await house.faults({ timeoutAfterCommitRate: 1 })
    await house.placed('order-1')
    await house.said.until('may not have been sent')
    await house.placed('order-2')
    await house.placed('order-3')
    await house.faults({})
    await house.said.until('customer told', 2)
    const ids = (await house.taken()).map(({ customFields }) => customFields.orderId)
    expect(ids).to.have.members(['order-1', 'order-2', 'order-3'])
    expect(house.said.lines.filter(line => line.includes('may not have been sent'))).to.have.length(1)
    expect(await house.book.find({ orderId: 'order-1', about: 'placed', channel: 'alimtalk' })).to.include({ status: 'unknown' })
  })

  it('settles what the provider refuses', async () => {
    house.solapi = house.client({ apiSecret: 'wrong' })
    await house.notify()
    await house.placed('order-1')
    await house.said.until('SignatureDoesNotMatch')
    expect(await house.told()).to.deep.equal([])
    expect(await house.book.messagesOf('order-1')).to.have.length(1)
  })

  it('does not send a second message where a number has no KakaoTalk: the SMS in its place is the provider’s', async () => {
    const to = '010-0000-0404'
    await house.notify()
    await house.placed('order-1', { customer: { id: 'customer-1', phone: to } })
    await house.said.until('customer told')
    const response = await fetch(`${house.kakao.url}/stand-in/messages?to=01000000404`)
    const { messages } = (await response.json()) as { messages: { kakaoOptions: { disableSms: boolean } }[] }
    expect(messages.map(({ kakaoOptions }) => kakaoOptions.disableSms)).to.deep.equal([false])
  })

  it('asks the customer’s own wish at the moment of telling', async () => {
    const customer = { kind: 'customer', id: 'customer-1' }
    const wish = (kakao: boolean) => house.ask({ commandId: `wish-${kakao}`, address: customer, event: { type: 'setMessages', kakao } })
    await house.ask({ commandId: 'register', address: customer, event: { type: 'register', name: '김하나', phone: '01000000001' } })
    await house.notify({ concurrency: 1 })
    await wish(false)
    await house.placed('order-1')
    await house.placed('order-2', { customer: { id: 'customer-9', phone: '01000000001' } })
    await house.said.until('customer told')
    expect((await house.taken()).map(({ customFields }) => customFields.orderId)).to.deep.equal(['order-2'])
    await wish(true)
    await house.orders.tell('order-1', { type: 'accept', prepMinutes: 10 }, 'store')
    await house.said.until('customer told', 2)
    expect(await house.told()).to.deep.equal(['placed', 'accepted'])
  })

  it('keeps to the provider’s pace, and drops nothing', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `order-${i}`)
    for (const id of ids) await house.placed(id)
    const startMs = Date.now()
    await house.notify({ ratePerS: 5 })
    await house.said.until('customer told', ids.length)
    expect(Date.now() - startMs, '5 at once, 5 a second later, 2 another second later').to.be.above(1_900)
    expect((await house.taken()).map(({ customFields }) => customFields.orderId)).to.have.members(ids)
    const bySecond = Map.groupBy(await house.taken(), ({ at }) => Math.floor((Date.parse(at) - startMs) / 1_000))
    for (const [second, begun] of bySecond) expect(begun.length, `second ${second}`).to.be.at.most(10) // two windows may meet in one
  })
})
