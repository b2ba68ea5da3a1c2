import { expect } from 'chai'
import type { NoAnswer } from '../../clients/shared/refusals.ts'
import { ApiError } from '../../server/contract/errors.ts'
import { until } from '../gateway/pusher-town.ts'
import { Kitchen } from './kitchen.ts'

const ACCEPT = { name: 'accept', orderId: 'o_1', prepMinutes: 10 } as const

describe('the client library', () => {
  let kitchen: Kitchen

  beforeEach(async () => {
    kitchen = await Kitchen.open()
    await kitchen.town.placed('o_1')
  })
  afterEach(() => kitchen[Symbol.asyncDispose]())

  const keysOf = (name: string): (string | undefined)[] =>
    kitchen.heard.filter(request => request.name === name).map(({ idempotencyKey }) => idempotencyKey)

  it('asks again under the same key when the answer is lost with the line, and the order moves once', async () => {
    const live = await kitchen.joins('store/store-1')
    kitchen.after = () => {
      kitchen.after = () => undefined
      kitchen.cable.set('cut') // it is done, and nobody hears so
      kitchen.cable.set('open')
    }
    const ack = await live.command(ACCEPT)
    expect(ack.ok && ack.order.status).to.equal('accepted')
    expect(await kitchen.steps('o_1')).to.deep.equal(['accept'])
    const keys = keysOf('accept')
    expect([keys.length, new Set(keys).size]).to.deep.equal([2, 1])
    expect(keys[0]).to.match(/^[0-9a-f-]{36}$/)
  })

  it('asks again when the answer takes too long', async () => {
    const live = await kitchen.joins('store/store-1', { answerMs: 100 })
    const never = Promise.withResolvers<void>()
    kitchen.after = () => {
      kitchen.after = () => undefined
      return never.promise
    }
    const ack = await live.command(ACCEPT)
    never.resolve()
    expect([ack.ok, await kitchen.steps('o_1')]).to.deep.equal([true, ['accept']])
  })

  it('asks again, and not before it is told to, when the server says that it cannot now', async () => {
    const live = await kitchen.joins('store/store-1')
    const heardMs: number[] = []
    const noes = [new ApiError('MAILBOX_FULL', { retryAfterS: 0.02 }), new ApiError('TOO_MANY_REQUESTS', { retryAfterS: 0.3 })]
    kitchen.before = () => {
      heardMs.push(performance.now())
      const no = noes.shift()
      if (no) throw no
    }
    const ack = await live.command(ACCEPT)
    expect([ack.ok, await kitchen.steps('o_1')]).to.deep.equal([true, ['accept']])
    const [, second = 0, third = 0] = heardMs
    expect(third - second).to.be.at.least(299)
  })

  it('says in the end that nobody knows, and by which key to ask again', async () => {
    const live = await kitchen.joins('store/store-1', { newKey: () => 'tap-1' })
    kitchen.after = () => {
      throw new ApiError('LOG_UNAVAILABLE', { retryAfterS: 0 })
    }
    const error = await live.command(ACCEPT, { retryForMs: 200 }).catch((thrown: NoAnswer) => thrown)
    expect(error).to.include({ name: 'NoAnswer', code: 'OUTCOME_UNKNOWN', idempotencyKey: 'tap-1' })
    expect((error as NoAnswer).last?.code).to.equal('LOG_UNAVAILABLE')
    expect(new Set(keysOf('accept'))).to.deep.equal(new Set(['tap-1']))
    kitchen.after = () => undefined
    const again = await live.command({ ...ACCEPT, idempotencyKey: 'tap-1' })
    expect([again.ok && again.order.status, await kitchen.steps('o_1')]).to.deep.equal(['accepted', ['accept']])
  })

  it('says that nothing was sent when there was no line, and gives a refusal as one when nothing was begun', async () => {
    const live = await kitchen.joins('store/store-1', { answerMs: 50 })
    kitchen.before = () => {
      throw new ApiError('TOO_MANY_REQUESTS', { retryAfterS: 9 })
    }
    const ack = await live.command(ACCEPT, { retryForMs: 200 })
    expect(!ack.ok && ack.error).to.include({ code: 'TOO_MANY_REQUESTS', retryAfterS: 9 })
    kitchen.cable.set('cut')
    await until('the line is lost', () => !live.connected)
    const error = await live.command(ACCEPT, { retryForMs: 100 }).catch(({ code }: NoAnswer) => code)
    expect([error, kitchen.heard.length]).to.deep.equal(['NOT_SENT', 1])
  })

  it('waits with a command for the line, and for what is open to be known', async () => {
    const live = await kitchen.joins('store/store-1')
    kitchen.cable.set('cut')
    await until('the line is lost', () => !live.connected)
    const asked = live.command(ACCEPT)
    await kitchen.town.placed('o_2')
    kitchen.cable.set('open')
    expect((await asked).ok).to.equal(true)
    expect(live.orders.get('o_2')?.status).to.equal('placed')
  })

  it('holds a command to the version that is shown, and learns from the refusal where the order stands', async () => {
    const live = await kitchen.joins('customer/customer-1')
    kitchen.before = async () => {
      kitchen.before = () => undefined
      await kitchen.town.tell('order/o_1', { type: 'accept', prepMinutes: 10 })
    }
    const refused = await live.command({ name: 'cancel', orderId: 'o_1' }, { expect: 'shown' })
    expect(!refused.ok && refused.error).to.deep.include({ code: 'VERSION_MISMATCH', details: { status: 'accepted', version: 3 } })
    expect(kitchen.heard[0]?.expectedVersion).to.equal(2)
    expect(live.orders.get('o_1')).to.include({ status: 'accepted', version: 3 })
    const canceled = await live.command({ name: 'cancel', orderId: 'o_1' }, { expect: 'shown' })
    expect(canceled.ok && canceled.order.status).to.equal('canceled')
    const unheard = await live.command({ name: 'cancel', orderId: 'o_9' }, { expect: 'shown' }).catch((error: Error) => error.message)
    expect(unheard).to.match(/does not show o_9/)
  })

  it('knows the server’s time by half a round trip, on a device that is two hours slow', async () => {
    const { clock } = kitchen.town
    let deviceMs = clock.now() - 7_200_000
    const live = kitchen.live('store/store-1', { now: () => deviceMs })
    expect([live.serverNow(), live.clock.withinMs]).to.deep.equal([deviceMs, Number.POSITIVE_INFINITY])
    await live.connect()
    expect([live.serverNow(), live.clock.offsetMs, live.clock.withinMs]).to.deep.equal([clock.now(), 7_200_000, 0])
    deviceMs += 5_000
    clock.advance(5_000)
    expect(live.serverNow()).to.equal(clock.now())
    deviceMs = 0 // somebody sets the device's clock, and the next connection notices
    kitchen.cable.set('cut')
    await until('the line is lost', () => !live.connected)
    kitchen.cable.set('open')
    await until('it is back', () => live.connected)
    expect(live.serverNow()).to.equal(clock.now())
  })

  it('drops from a rider’s book what is not his any more', async () => {
    const { town } = kitchen
    await town.tell('rider/rider-1', { type: 'register', name: '박라이더', phone: '01000000009' })
    await town.cooked('o_2')
    const live = await kitchen.joins('rider/rider-1')
    await live.command({ name: 'claim', orderId: 'o_2' })
    expect(live.orders.get('o_2')?.rider?.id).to.equal('rider-1')
    await live.command({ name: 'release', orderId: 'o_2' })
    await until('it is gone', () => live.orders.get('o_2') === undefined)
    await live.command({ name: 'claim', orderId: 'o_2' })
    expect(live.orders.get('o_2')?.deliverTo.address).to.equal('서울 강남구 테헤란로 1')
  })
})
