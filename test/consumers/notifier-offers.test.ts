import { expect } from 'chai'
import { GANGNAM, northOf, until } from '../gateway/pusher-town.ts'
import { PushTown } from './notifier-push-town.ts'

const account = (id: string) => ({ role: 'rider', id }) as const

describe('an open delivery near a rider whose app is closed', () => {
  let push: PushTown
  beforeEach(async () => {
    push = await PushTown.open()
  })
  afterEach(() => push[Symbol.asyncDispose]())

  /** On duty, at a place, with a browser, and no socket any more. */
  const asleep = async (id: string, metres = 500): Promise<void> => {
    const { town } = push
    await town.rider(id, northOf(GANGNAM, metres))
    await push.subscribe(`rider/${id}`, id)
    const { connection } = await town.joins(account(id))
    connection.close()
    await town.asleep.stop()
  }
  const told = () => push.service.arrived.map(({ to }) => to)
  /** A delivery after which everything before it has been dealt with. */
  const settled = async () => {
    await asleep('last', 100)
    await push.town.cooked('o_last')
    await until('the last is told', () => push.service.to('last').length === 1)
  }

  it('is pushed to him, with what the board would show', async () => {
    await push.offers()
    await asleep('rider-1')
    await push.town.cooked('o_1')
    await until('he is told', () => push.service.arrived.length === 1)
    const [offer] = push.service.arrived
    expect(offer).to.deep.include({ to: 'rider-1', topic: 'o_1', urgency: 'high', ttlS: 60 })
    expect(offer?.payload).to.include({ type: 'delivery', orderId: 'o_1', distanceM: 500, body: '황금치킨 · 0.5 km' })
    expect(JSON.stringify(offer?.payload)).to.not.include('테헤란로').and.not.include(String(GANGNAM.lat))
    await push.said.until('push sent')
    const [written] = await push.book.messagesOf('o_1')
    expect(written).to.include({ about: 'offer', channel: 'webPush', to: 'rider/rider-1', status: 'sent' })
  })

  it('is not pushed to who is far, awake, off duty, on his way or without a browser', async () => {
    const { town } = push
    await asleep('far', 3_200)
    await asleep('off')
    await town.tell('rider/off', { type: 'goOffline' })
    await asleep('awake')
    await town.joins(account('awake'))
    await town.asleep.stop()
    await asleep('busy')
    await town.tell('rider/busy', { type: 'took', orderId: 'o_other' })
    await town.rider('bare', GANGNAM)
    const { connection } = await town.joins(account('bare'))
    connection.close()
    await town.asleep.stop()
    await push.offers()
    await town.cooked('o_1')
    await settled()
    expect(told().filter(to => to !== 'last')).to.deep.equal([])
  })

  it('is pushed at most once to each, though it comes back on the board', async () => {
    await push.offers()
    await asleep('rider-1')
    await asleep('rider-2')
    await push.town.cooked('o_1')
    await until('both are told', () => push.service.arrived.length === 2)
    await push.town.tell('order/o_1', { type: 'claim', riderName: '이라이더' }, 'rider-9')
    await push.town.tell('order/o_1', { type: 'release' }, 'rider-9')
    await asleep('rider-3')
    await settled()
    expect(told().filter(to => to === 'rider-1' || to === 'rider-2')).to.have.length(2)
  })

  it('is not pushed when it is taken, or has been on the board for two minutes', async () => {
    const { town } = push
    await asleep('rider-1')
    await town.cooked('o_taken')
    await town.picked('o_taken', 'rider-9')
    await town.cooked('o_old')
    town.clock.advance(121_000)
    await push.offers()
    await settled()
    expect(push.service.arrived.filter(({ payload }) => payload.orderId !== 'o_last')).to.deep.equal([])
  })
})
