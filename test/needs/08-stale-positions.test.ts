import { expect } from 'chai'
import type { Live } from '../../clients/shared/live.ts'
import type { RiderHidden, RiderLocation } from '../../server/contract/pushes.ts'
import { until } from '../harness/house.ts'
import type { Somebody } from '../harness/people.ts'
import { type DeliveryHouse, deliveryHouse, northOfHome, WINDOWS } from './delivery-house.ts'

interface Heard {
  readonly locations: (RiderLocation & { readonly heardMs: number })[]
  readonly hidden: (RiderHidden & { readonly heardMs: number })[]
}

const hearing = (live: Live): Heard => {
  const heard: Heard = { locations: [], hidden: [] }
  live.on('rider:location', location => heard.locations.push({ ...location, heardMs: Date.now() }))
  live.on('rider:hidden', hidden => heard.hidden.push({ ...hidden, heardMs: Date.now() }))
  return heard
}

describe('need 8: a stale rider position is marked stale, then hidden', function () {
  this.timeout(90_000)
  const shared = deliveryHouse()
  let town: DeliveryHouse
  let rider: Somebody
  let customer: Heard
  let store: Heard
  let seq = 0
  const here = northOfHome(400)

  before(async () => {
    town = shared.town
    rider = await town.rider(8)
    customer = hearing(await town.customer.listen())
    store = hearing(await town.store.listen())
  })
  after(() => rider?.[Symbol.asyncDispose]())

  const reports = async (): Promise<string> => {
    const at = new Date().toISOString()
    await rider.call('/api/riders/me/location', 'PUT', { ...here, seq: ++seq, at })
    return at
  }
  const of = ({ locations, hidden }: Heard, orderId: string) => ({
    locations: locations.filter(heard => heard.orderId === orderId),
    hidden: hidden.filter(heard => heard.orderId === orderId),
  })
  const placeOf = async (who: Somebody, id: string) => {
    const { rider: seen } = await who.order(id)
    return { lat: seen?.lat, at: seen?.at, stale: seen?.stale }
  }

  it('never shows it as live for longer than it is, tells both sides of each change, and shows it again when he is heard', async () => {
    const id = await town.cooked()
    const at = await reports()
    await rider.act(id, 'pick')
    await until('both see him', () => [customer, store].every(heard => of(heard, id).locations.length > 0))
    expect(await placeOf(town.customer, id)).to.deep.equal({ lat: here.lat, at, stale: undefined })

    await until('both are told that it is stale', () => [customer, store].every(heard => of(heard, id).locations.length > 1))
    expect(await placeOf(town.customer, id)).to.deep.equal({ lat: here.lat, at, stale: true })
    await until('both are told that it is hidden', () => [customer, store].every(heard => of(heard, id).hidden.length > 0))
    for (const who of [town.customer, town.store])
      expect(await placeOf(who, id)).to.deep.equal({ lat: undefined, at: undefined, stale: undefined })

    for (const heard of [customer, store].map(all => of(all, id))) {
      expect(heard.locations.map(({ lat, at, stale }) => ({ lat, at, stale }))).to.deep.equal([
        { lat: here.lat, at, stale: false },
        { lat: here.lat, at, stale: true },
      ])
      expect(heard.hidden.map(({ at }) => at)).to.deep.equal([at])
      expect((heard.locations[1]?.heardMs ?? 0) - Date.parse(at), 'age when it is told to be stale').to.be.within(
        WINDOWS.staleMs,
        WINDOWS.staleMs + 1_500,
      )
      expect((heard.hidden[0]?.heardMs ?? 0) - Date.parse(at), 'age when it is hidden').to.be.within(
        WINDOWS.hiddenMs,
        WINDOWS.hiddenMs + 1_500,
      )
    }

    const again = await reports()
    await until('he is seen again', () => of(customer, id).locations.at(-1)?.at === again)
    expect(of(customer, id).locations.at(-1)?.stale).to.equal(false)
    await town.finish(rider, id)
  })

  it('shows him from the claim on, and no longer once the order is delivered', async () => {
    const id = await town.cooked()
    await reports()
    expect((await town.customer.order(id)).rider).to.equal(undefined)
    expect(of(customer, id).locations).to.deep.equal([])
    await rider.act(id, 'claim')
    await until('he is seen', () => of(customer, id).locations.length > 0)
    expect((await placeOf(town.customer, id)).lat).to.equal(here.lat)
    await rider.act(id, 'pick')
    await rider.act(id, 'deliver')
    const told = [of(customer, id).locations.length, of(store, id).locations.length]
    expect(await placeOf(town.customer, id)).to.deep.equal({ lat: undefined, at: undefined, stale: undefined })

    // Whatever there was to tell of the order just delivered would have come before the same of the next one.
    const next = await town.cooked()
    await rider.act(next, 'pick')
    const at = await reports()
    await until('the next order is told of him', () => [customer, store].every(heard => of(heard, next).locations.at(-1)?.at === at))
    await until('and that he is gone', () => [customer, store].every(heard => of(heard, next).hidden.length > 0))
    expect([of(customer, id).locations.length, of(store, id).locations.length]).to.deep.equal(told)
    expect([of(customer, id).hidden, of(store, id).hidden]).to.deep.equal([[], []])
    await town.finish(rider, next)
  })

  it('shows him to nobody else: not to other customers, nor to riders, nor to himself', async () => {
    const id = await town.cooked()
    await rider.act(id, 'pick')
    await reports()
    expect((await placeOf(town.customer, id)).lat).to.equal(here.lat)
    expect((await placeOf(rider, id)).lat).to.equal(undefined)
    const stranger = await town.rider(7)
    expect(await stranger.refused(`/api/orders/${id}`)).to.equal('403 FORBIDDEN')
    await town.finish(rider, id)
  })
})
