import { expect } from 'chai'
import type { Live } from '../../clients/shared/live.ts'
import type { RiderLocation } from '../../server/contract/pushes.ts'
import { until } from '../harness/house.ts'
import type { Somebody } from '../harness/people.ts'
import { type DeliveryHouse, deliveryHouse, northOfHome } from './delivery-house.ts'

const PINGS = 10_000
/** A rider rides 10 cm with each count, so his place tells which report it is. */
const placeAt = (seq: number) => northOfHome(seq / 10)
const seqOf = ({ lat }: { readonly lat: number }): number => Math.round((lat - northOfHome(0).lat) * 111_195 * 10)

const shuffled = <T>(from: readonly T[]): T[] => {
  const all = [...from]
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[all[i], all[j]] = [all[j] as T, all[i] as T]
  }
  return all
}

describe('need 9: late and shuffled pings never move the rider back', function () {
  this.timeout(120_000)
  const shared = deliveryHouse()
  let town: DeliveryHouse
  let rider: Somebody
  let live: Live

  before(async () => {
    town = shared.town
    rider = await town.rider(9)
    live = await rider.listen()
  })
  after(() => rider?.[Symbol.asyncDispose]())

  it(`ends at the greatest of ${PINGS} counts that came by HTTP and by socket in any order, and no step on the way goes back`, async () => {
    const id = await town.cooked()
    await rider.act(id, 'pick')
    const way: RiderLocation[] = []
    const customer = await town.customer.listen()
    const stop = customer.on('rider:location', location => {
      if (location.orderId === id) way.push(location)
    })
    const pings = shuffled(Array.from({ length: PINGS }, (_, i) => ({ ...placeAt(i + 1), seq: i + 1 })))
    const accepted: number[] = []
    const send = async (place: (typeof pings)[number], i: number): Promise<void> => {
      const ping = { ...place, at: new Date().toISOString() } // a device that stamps what it sends, not what it measures
      // Every fourth by HTTP, which is slower: those come even later.
      const answer =
        i % 4 === 0
          ? await rider.call<{ accepted: boolean }>('/api/riders/me/location', 'PUT', ping)
          : await live.location(ping).then(ack => (ack.ok ? ack : { accepted: false }))
      if (answer.accepted) accepted.push(ping.seq)
    }
    const left = pings.map((ping, i) => () => send(ping, i))
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let next = left.pop(); next; next = left.pop()) await next()
      }),
    )
    expect(accepted).to.include(PINGS)
    await until('the last one is shown', () => way.some(location => seqOf(location) === PINGS))
    await live.location({ ...placeAt(PINGS + 1), seq: PINGS + 1, at: new Date().toISOString() })
    await until('and the next one', () => way.some(location => seqOf(location) === PINGS + 1))
    const seen = way.map(seqOf)
    expect(seen).to.deep.equal([...seen].sort((a, b) => a - b))
    expect((await town.customer.order(id)).rider?.lat).to.equal(placeAt(PINGS + 1).lat)
    stop()
    await town.finish(rider, id)
  })
})
