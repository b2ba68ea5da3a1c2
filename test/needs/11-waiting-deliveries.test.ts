import { expect } from 'chai'
import type { Live } from '../../clients/shared/live.ts'
import type { OpenDelivery } from '../../server/contract/pushes.ts'
import { until } from '../harness/house.ts'
import { HOME, type Somebody } from '../harness/people.ts'
import { type DeliveryHouse, deliveryHouse, northOfHome, WINDOWS } from './delivery-house.ts'

/** The promise. */
const SEEN_WITHIN_MS = 1_000

describe('need 11: a rider who comes online sees what already waits', function () {
  this.timeout(90_000)
  const shared = deliveryHouse()
  let town: DeliveryHouse
  let seq = 0
  const coming: Somebody[] = []

  before(() => {
    town = shared.town
  })
  afterEach(async () => {
    for (const who of coming.splice(0)) {
      await who.call('/api/riders/me/status', 'PUT', { online: false })
      await who[Symbol.asyncDispose]()
    }
  })

  const comes = async (number: number): Promise<{ rider: Somebody; live: Live; seen: Map<string, number> }> => {
    const rider = await town.rider(number)
    coming.push(rider)
    const live = await rider.listen()
    const seen = new Map<string, number>()
    live.on('delivery', ({ orderId }) => seen.set(orderId, Date.now()))
    return { rider, live, seen }
  }
  const fix = (at = { lat: HOME.lat, lng: HOME.lng }) => ({ ...at, seq: ++seq, at: new Date().toISOString() })
  const expectSoon = async (what: string, seen: ReadonlyMap<string, number>, ids: readonly string[], sinceMs: number): Promise<void> => {
    await until(what, () => ids.every(id => seen.has(id)))
    console.log(
      what,
      ids.map(id => (seen.get(id) ?? 0) - sinceMs),
    )
    for (const id of ids) expect((seen.get(id) ?? Number.POSITIVE_INFINITY) - sinceMs, what).to.be.below(SEEN_WITHIN_MS)
  }

  it('within a second, whether he says first that he works or where he is, and at once when he connects', async () => {
    const waiting = [await town.cooked(), await town.cooked(northOfHome(600)), await town.cooked(northOfHome(900))]
    const { rider, live, seen } = await comes(5)
    await live.location(fix())
    expect([...seen.keys()], 'not while he is off duty').to.deep.equal([])
    let sinceMs = Date.now()
    await live.online(true)
    await expectSoon('after coming online', seen, waiting, sinceMs)

    const other = await comes(6)
    await other.live.online(true)
    sinceMs = Date.now()
    await other.live.location(fix(northOfHome(300)))
    await expectSoon('after his first position', other.seen, waiting, sinceMs)

    sinceMs = Date.now()
    const again = await rider.listen()
    const synced: OpenDelivery[] = []
    again.on('sync', ({ deliveries = [] }) => synced.push(...deliveries))
    const board = await rider.call<OpenDelivery[]>('/api/deliveries?radiusM=1000')
    expect(board.map(({ orderId }) => orderId).slice(0, 3), 'nearest first').to.deep.equal(waiting)
    expect(Date.now() - sinceMs).to.be.below(SEEN_WITHIN_MS)
    again.close()
  })

  it('also from farther away, once a delivery is old enough for the wider ring, and not before', async () => {
    const { rider, live, seen } = await comes(5)
    await live.location(fix())
    await live.online(true)
    const id = await town.cooked(northOfHome(2_000))
    expect(
      (await rider.call<OpenDelivery[]>('/api/deliveries?radiusM=2500')).map(({ orderId }) => orderId),
      'his own look',
    ).to.include(id)
    await until('the ring has reached him', () => seen.has(id))
    const [cooked] = (await town.customer.call<{ event: string; at: string }[]>(`/api/orders/${id}/timeline`)).filter(
      ({ event }) => event === 'finishCooking',
    )
    const ageMs = (seen.get(id) ?? 0) - Date.parse(cooked?.at ?? '')
    expect(ageMs).to.be.within(WINDOWS.secondRingMs, WINDOWS.secondRingMs + SEEN_WITHIN_MS)

    const sinceMs = Date.now()
    const late = await comes(6)
    await late.live.location(fix())
    await late.live.online(true)
    await expectSoon('who comes later', late.seen, [id], sinceMs)
  })
})
