import { expect } from 'chai'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import { Api, ApiRefusal } from '../../clients/shared/api.ts'
import type { Live } from '../../clients/shared/live.ts'
import { STREAMS } from '../../config/streams.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Tokens } from '../../server/gateway/tokens.ts'
import { CheckedLive, checkedFetch } from '../harness/checked.ts'
import { until } from '../harness/house.ts'
import { HOME, type Somebody } from '../harness/people.ts'
import { type DeliveryHouse, deliveryHouse, JWT_SECRET, WINDOWS } from './delivery-house.ts'

const RIDERS = 1_000
/** Of these the apps are open. */
const WATCHING = 50

describe('need 10: exactly one rider wins a claim', function () {
  this.timeout(180_000)
  let nats: Nats | undefined
  after(() => nats?.close()) // before its house is closed
  const shared = deliveryHouse()
  let town: DeliveryHouse
  let tokens: string[]
  const idOf = (i: number): string => `rider-crowd-${i}`

  before(async () => {
    town = shared.town
    const connection = await connectNats({ url: town.house.natsUrl, name: 'crowd', streams: STREAMS })
    nats = connection
    const router = new Router({ wire: connection.wire, now: Date.now, random: Math.random })
    const issuing = new Tokens({ secret: JWT_SECRET, tokenMinutes: 60, now: Date.now })
    const enter = async (i: number): Promise<string> => {
      await router.ask({
        commandId: `register:${idOf(i)}`,
        address: { kind: 'rider', id: idOf(i) },
        event: { type: 'register', name: `라이더 ${i}`, phone: '01000000009' },
        by: { role: 'system', id: 'test' },
        at: new Date().toISOString(),
      })
      return issuing.issue({ role: 'rider', id: idOf(i) })
    }
    tokens = await Promise.all(Array.from({ length: RIDERS }, (_, i) => enter(i)))
  })

  it(`of ${RIDERS} at once on three hosts, tells all others that it is taken, and takes it off their lists`, async () => {
    const id = await town.cooked()
    const lists = await Promise.all(tokens.slice(0, WATCHING).map(token => Shown.open(town.house.url, token)))
    await until('every app shows it', () => lists.every(({ offers }) => offers.has(id)))

    const api = new Api(town.house.url, 'en', checkedFetch)
    const askedMs = Date.now()
    const answers = await Promise.all(
      tokens.map((token, i) =>
        api.call<OrderView>(`/api/orders/${id}/pick`, { method: 'POST', token, body: {} }).then(
          view => ({ i, won: view }),
          (error: unknown) => ({ i, code: error instanceof ApiRefusal ? `${error.status} ${error.body.code}` : String(error) }),
        ),
      ),
    )
    const tookMs = Date.now() - askedMs
    const winners = answers.filter(answer => 'won' in answer)
    expect(winners).to.have.length(1)
    const codes = Map.groupBy(
      answers.filter(answer => 'code' in answer),
      ({ code }) => code,
    )
    expect([...codes].map(([code, { length }]) => [code, length])).to.deep.equal([['409 ALREADY_PICKED', RIDERS - 1]])
    console.log(`      ${RIDERS} claims at once were all answered after ${tookMs} ms`)

    await until('no app shows it any more', () => lists.every(({ offers }) => !offers.has(id)))
    const board = await api.call<{ orderId: string }[]>('/api/deliveries', { token: tokens[0] ?? '' })
    expect(board.map(({ orderId }) => orderId)).to.not.include(id)
    const records = (await nats?.log.history({ kind: 'order', id })) ?? []
    expect(records.filter(({ body }) => body.event.type === 'pick').map(({ body }) => body.by.id)).to.deep.equal([
      idOf(winners[0]?.i ?? -1),
    ])
    expect((await town.customer.order(id)).rider?.id).to.equal(idOf(winners[0]?.i ?? -1))
    for (const list of lists) list.close()
  })

  it('leaves whoever lost free for the next one, and who won with one', async () => {
    const first = await town.cooked()
    const second = await town.cooked()
    const [one, other] = [await town.rider(1), await town.rider(2)]
    const answers = await Promise.all([one, other].map(who => who.refused(`/api/orders/${first}/pick`, 'POST', {})))
    expect([...answers].sort()).to.deep.equal(['409 ALREADY_PICKED', 'went through'])
    const [winner, loser] = answers[0] === 'went through' ? [one, other] : [other, one]
    expect(await winner.refused(`/api/orders/${second}/pick`, 'POST', {})).to.equal('409 RIDER_BUSY')
    expect((await loser.act(second, 'pick')).rider?.id).to.equal(loser.id)
    await town.finish(winner, first)
    await town.finish(loser, second)
  })

  it('gives it back to all when the claim is not picked up in time, by the log’s own timer', async () => {
    const id = await town.cooked()
    const [claimer, other] = [await town.rider(3), await town.rider(4)]
    const claimed = await claimer.act(id, 'claim')
    expect([claimed.status, claimed.rider?.id]).to.deep.equal(['cooked', claimer.id])
    const claimedMs = Date.now()
    const list = await Shown.open(town.house.url, other.token)
    expect(await offered(other, id)).to.equal(false)
    expect(await other.refused(`/api/orders/${id}/pick`, 'POST', {})).to.equal('409 ALREADY_PICKED')
    await until('it is offered again', () => list.offers.has(id))
    expect(Date.now() - claimedMs).to.be.at.least(WINDOWS.claimMs - 200)
    expect(await offered(other, id)).to.equal(true)
    expect((await town.customer.order(id)).rider).to.equal(undefined)
    expect((await other.act(id, 'pick')).rider?.id).to.equal(other.id)
    await town.finish(other, id)
    list.close()
  })
})

const offered = async (rider: Somebody, id: string): Promise<boolean> => {
  const open = await rider.call<{ orderId: string }[]>('/api/deliveries')
  return open.some(({ orderId }) => orderId === id)
}

/** What one rider's app shows. */
class Shown {
  readonly offers = new Set<string>()
  readonly #live: Live

  private constructor(live: Live) {
    this.#live = live
    live.on('sync', ({ deliveries = [] }) => {
      for (const { orderId } of deliveries) this.offers.add(orderId)
    })
    live.on('delivery', ({ orderId }) => this.offers.add(orderId))
    live.on('delivery:gone', ({ orderId }) => this.offers.delete(orderId))
  }

  static async open(origin: string, token: string): Promise<Shown> {
    const live = new CheckedLive({ origin, token })
    const shown = new Shown(live)
    await live.connect()
    await live.location({ lat: HOME.lat, lng: HOME.lng, seq: Date.now(), at: new Date().toISOString() })
    await live.online(true)
    return shown
  }

  close(): void {
    this.#live.close()
  }
}
