import { expect } from 'chai'
import { pino } from 'pino'
import type { Work } from '../../actors/log.ts'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { startNotifier } from '../../server/consumers/notifier.ts'
import { MessageBook } from '../../server/message-book.ts'
import { Solapi } from '../../server/outside/solapi.ts'
import type { StandIn } from '../../server/outside/stand-ins/json-server.ts'
import { startKakao, type TakenMessage } from '../../server/outside/stand-ins/kakao.ts'
import { TEMPLATES } from './notifier-templates.ts'
import { OrderHouse } from './payments-house.ts'

const KEYS = { apiKey: 'NCSTESTKEY', apiSecret: 'test-solapi-secret' }
const PHONE = '01000000001'

/** Every line that the notifier logs, and the wait for one. */
class Said {
  readonly lines: string[] = []
  #waiting: (() => void)[] = []
  readonly logger = pino(
    { level: 'debug' },
    {
      write: line => {
        this.lines.push(line)
        for (const wake of this.#waiting.splice(0)) wake()
      },
    },
  )

  async until(text: string, times = 1): Promise<void> {
    while (this.lines.filter(line => line.includes(text)).length < times) {
      await new Promise<void>(wake => this.#waiting.push(wake))
    }
  }
}

describe('the notifier', () => {
  let kakao: StandIn
  let solapi: Solapi
  let house: OrderHouse
  let said: Said
  let book: MessageBook
  let aheadMs: number
  const notify = (concurrency = 16) =>
    house.run(
      startNotifier({
        log: house.log,
        book,
        solapi,
        now: () => Date.now() + aheadMs,
        logger: said.logger,
        from: '0212345678',
        pfId: 'KA01PF1',
        templates: TEMPLATES,
        concurrency,
      }),
    )
  const taken = async () => {
    const response = await fetch(`${kakao.url}/stand-in/messages?to=${PHONE}`)
    return ((await response.json()) as { messages: (TakenMessage & { customFields: Record<string, string> })[] }).messages
  }
  const told = async () => (await taken()).map(({ customFields }) => customFields.status)
  const faults = (body: object) => fetch(`${kakao.url}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(body) })
  const failPayment = async (id: string) => {
    await house.place(id)
    await answerPayment(id, { kind: 'declined', code: 'REJECT_CARD_COMPANY', message: '카드사 거절' })
  }
  const answerPayment = async (id: string, output: object, invoke = 'confirmPayment') => {
    const address = { kind: 'order', id }
    const n = (await house.log.latest(address))?.body.waits.invokes[invoke]?.n ?? ''
    await house.router.ask({
      commandId: `fx:order/${id}:${n}`,
      address,
      event: { type: `xstate.done.actor.${invoke}`, output },
      answers: { wait: 'invoke', id: invoke, n },
      by: { role: 'system', id: 'test' },
      at: new Date().toISOString(),
    })
  }
  const placed = async (id: string, changes = {}) => {
    await house.place(id, changes)
    await answerPayment(id, { kind: 'approved', approvedAt: new Date().toISOString() })
  }

  beforeEach(async () => {
    let ids = 0
    aheadMs = 0
    said = new Said()
    book = new MessageBook(new MemoryBucket(new HandClock(0), 7 * 86_400_000))
    kakao = await startKakao({ port: 0, ...KEYS, now: () => Date.now(), newId: () => `id-${++ids}` })
    solapi = new Solapi({ url: kakao.url, ...KEYS, timeoutMs: 150, now: () => Date.now(), newSalt: () => `salt-of-12-or-more-${++ids}` })
    house = await OrderHouse.open()
  })
  afterEach(async () => {
    await house[Symbol.asyncDispose]()
    await Promise.all([solapi.close(), kakao.stop()])
  })

  it('tells the customer of every step, once, in Korean', async () => {
    await notify(1)
    await placed('order-1')
    await house.tell('order-1', { type: 'accept', prepMinutes: 25 }, 'store')
    await house.tell('order-1', { type: 'startCooking' }, 'store')
    await house.tell('order-1', { type: 'finishCooking' }, 'store')
    await house.tell('order-1', { type: 'pick', riderName: '박라이더' }, 'rider')
    await house.tell('order-1', { type: 'deliver' }, 'rider')
    await house.tell('order-1', { type: 'confirm' })
    await said.until('customer told', 6)
    expect(await told()).to.deep.equal(['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered'])
    const [first, second] = await taken()
    expect(first?.text).to.include('황금치킨').and.include('후라이드 외 1건').and.include('18,000원')
    expect(second?.kakaoOptions).to.deep.equal({
      pfId: 'KA01PF1',
      templateId: 'BAEDAL_ACCEPTED_1',
      variables: { '#{store}': '황금치킨', '#{order}': 'order-1', '#{minutes}': '25' },
      disableSms: false,
    })
    expect(first?.customFields.commandId).to.match(/^fx:order\/order-1/)
    const told1 = await book.messagesOf('order-1')
    expect(told1.map(({ about }) => about)).to.deep.equal(['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered'])
    expect(told1[0]).to.include({ channel: 'alimtalk', to: 'customer/customer-1', status: 'sent', messageId: first?.messageId })
  })

  it('tells of an end and of the refund after it', async () => {
    await notify()
    await placed('order-1')
    await house.tell('order-1', { type: 'reject', reason: '재료 소진' }, 'store')
    await answerPayment('order-1', { canceledAt: new Date().toISOString() }, 'cancelPayment')
    await said.until('customer told', 3)
    expect(await told()).to.have.members(['placed', 'rejected', 'refunded'])
    expect((await taken()).find(({ customFields }) => customFields.status === 'rejected')?.text).to.include('재료 소진')
  })

  it('sends one message however often a record comes', async () => {
    await notify()
    await placed('order-1')
    await failPayment('order-2')
    await said.until('customer told', 2)
    const records = (await house.log.history({ kind: 'order', id: 'order-1' })).concat(
      await house.log.history({ kind: 'order', id: 'order-2' }),
    )
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
      const log = new Proxy(house.log, {
        get: (target, name) =>
          name === 'consume' ? (work: Work<unknown>) => target.consume(rereading(work, i)) : Reflect.get(target, name).bind(target),
      })
      await house.run(
        startNotifier({
          log,
          book,
          solapi,
          now: () => Date.now(),
          logger: said.logger,
          from: '0212345678',
          pfId: 'KA01PF1',
          templates: TEMPLATES,
        }),
      )
    }
    await allRead
    expect(await told()).to.have.members(['placed', 'paymentFailed'])
  })

  it('leaves out who has no phone, and news that is of no use any more', async () => {
    aheadMs = 31 * 60_000
    await notify()
    await placed('order-1')
    await placed('order-2', { customer: { id: 'customer-2' } })
    await house.tell('order-1', { type: 'cancel', reason: '변심' })
    await said.until('customer told')
    expect(await told(), 'placed is half an hour old, canceled is news for a day').to.deep.equal(['canceled'])
  })

  it('suspends SMS first, then all but the newest status, when it is behind, and resumes by itself', async () => {
    const isSmsOff = async () => (await taken()).map(({ kakaoOptions }) => (kakaoOptions as { disableSms: boolean }).disableSms)
    aheadMs = 90_000
    await notify()
    await placed('order-1')
    await said.until('customer told')
    expect(await isSmsOff()).to.deep.equal([true])
    aheadMs = 0
    await house.tell('order-1', { type: 'accept', prepMinutes: 10 }, 'store')
    await said.until('customer told', 2)
    expect(await isSmsOff()).to.deep.equal([true, false])
    await said.until('notifications change their mode', 2)
  })

  it('tells where the order is, not where it was, when it was far behind', async () => {
    aheadMs = 6 * 60_000
    await placed('order-1')
    await house.tell('order-1', { type: 'accept', prepMinutes: 10 }, 'store')
    await house.tell('order-1', { type: 'startCooking' }, 'store')
    await notify()
    await said.until('customer told')
    expect(await told()).to.deep.equal(['cooking'])
  })

  it('gives the claim back when the provider was surely not reached, and tells later', async () => {
    const { port } = kakao
    await kakao.stop()
    await notify()
    await placed('order-1')
    await said.until('out of reach')
    kakao = await startKakao({ port, ...KEYS, now: () => Date.now(), newId: () => 'after' })
    await said.until('customer told')
    expect(await told()).to.deep.equal(['placed'])
  })

  it('does not repeat a message that may have arrived, and leaves the silent provider in peace', async () => {
    await notify(1)
    await faults({ timeoutAfterCommitRate: 1 })
    await placed('order-1')
    await said.until('may not have been sent')
    await placed('order-2')
    await placed('order-3')
    await faults({})
    await said.until('customer told', 2)
    expect((await taken()).map(({ customFields }) => customFields.orderId)).to.have.members(['order-1', 'order-2', 'order-3'])
    expect(said.lines.filter(line => line.includes('may not have been sent'))).to.have.length(1)
  })

  it('settles what the provider refuses', async () => {
    const wrong = new Solapi({
      url: kakao.url,
      ...KEYS,
      apiSecret: 'wrong',
      timeoutMs: 150,
      now: () => Date.now(),
      newSalt: () => 'salt-of-12-or-more',
    })
    const right = solapi
    solapi = wrong
    await notify()
    await placed('order-1')
    await said.until('SignatureDoesNotMatch')
    await wrong.close()
    solapi = right
    expect(await told()).to.deep.equal([])
  })
})
