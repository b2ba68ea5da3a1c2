import { expect } from 'chai'
import { MemoryCounter } from '../../actors/memory/counter.ts'
import { slotOf } from '../../machines/slots.ts'
import { customer1, type GatewayHouse, NOON, openGateway, store1, until } from './gateway-house.ts'

const MINUTE_MS = 60_000

/** A counter that notes how often it was asked, and that a test can take away. */
class WatchedCounter extends MemoryCounter {
  asked = 0
  down = false
  override async add(key: string, amount: number): Promise<number> {
    this.#beAsked()
    return super.add(key, amount)
  }
  override async sum(key: string): Promise<number> {
    this.#beAsked()
    return super.sum(key)
  }
  #beAsked(): void {
    this.asked++
    if (this.down) throw new Error('the counter does not answer')
  }
}

describe('a store that takes so many orders in a quarter of an hour', () => {
  let house: GatewayHouse
  let counter: WatchedCounter
  beforeEach(async () => {
    counter = new WatchedCounter()
    house = await openGateway({ startMs: NOON + 4 * MINUTE_MS, counter })
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const change = async (profile: object): Promise<void> => {
    await house.call('PUT', '/api/stores/me/profile', { as: store1, body: profile })
    const [[field, value] = ['', undefined]] = Object.entries(profile)
    const known = (): Readonly<Record<string, unknown>> => ({ ...house.catalogue.store('store-1')?.profile })
    await until('the catalogue knows', async () => JSON.stringify(known()[field]) === JSON.stringify(value))
  }
  const held = () => counter.sum(`store-1.${slotOf(house.clock.now())}`)
  const place = async (changes: object = {}, key?: string): Promise<string> => {
    const { status, body } = await house.place(changes, ...(key === undefined ? [] : [key]))
    return status < 300 ? String(status) : `${status} ${body.error.code}`
  }

  it('refuses what comes beyond, and says when the next quarter begins', async () => {
    await change({ intakeCap: 3 })
    for (let i = 0; i < 3; i++) expect(await place()).to.equal('201')
    const busy = await house.place()
    expect([busy.status, busy.body.error.code, busy.headers.get('retry-after')]).to.deep.equal([409, 'STORE_BUSY', '660']) // it is 12:04
    expect(busy.body.error.details).to.deep.equal({ nextSlotAt: '2026-11-22T03:15:00.000Z', zone: 'Asia/Seoul' })
    expect(await place({ storeId: 'store-1' })).to.equal('409 STORE_BUSY')
    house.clock.advance(11 * MINUTE_MS)
    expect(await place()).to.equal('201')
    expect(await held()).to.equal(1)
  })

  it('offers no slot outside of its hours', async () => {
    await change({ intakeCap: 1, hours: Array.from({ length: 7 }, () => ({ open: '09:10', close: '12:15' })) })
    expect(await place()).to.equal('201')
    const { body, headers } = await house.place()
    expect(body.error.details.nextSlotAt).to.equal('2026-11-23T00:10:00.000Z') // when the doors open, inside a quarter
    expect(headers.get('retry-after')).to.equal(String(21 * 3_600 + 6 * 60))
    await change({ hours: [{ open: '09:10', close: '12:15' }, ...Array.from({ length: 6 }, () => null)], holidays: ['2026-11-29'] })
    expect((await house.place()).body.error.details.nextSlotAt).to.equal('2026-12-06T00:10:00.000Z')
  })

  it('of a crowd takes exactly as many', async () => {
    await change({ intakeCap: 5 })
    const crowd = await Promise.all(Array.from({ length: 30 }, () => place()))
    expect(crowd.filter(answer => answer === '201')).to.have.length(5)
    expect(crowd.filter(answer => answer === '409 STORE_BUSY')).to.have.length(25)
    await until('those who were too many have given back', async () => (await held()) === 5)
  })

  it('counts a repeat under the same key once, one after the other and side by side', async () => {
    await change({ intakeCap: 2 })
    for (let i = 0; i < 3; i++) expect(await place({}, 'key-1')).to.equal('201')
    expect(await held()).to.equal(1)
    const repeats = await Promise.all(Array.from({ length: 6 }, () => place({}, 'key-2')))
    expect(repeats.filter(answer => answer === '201').length).to.be.at.least(1)
    await until('only one has kept a place', async () => (await held()) === 2)
    expect(await place({}, 'key-2')).to.equal('201')
    expect(await place({}, 'key-3')).to.equal('409 STORE_BUSY')
    expect(await place({}, 'key-1')).to.equal('201') // its answer, though the store is full
  })

  it('loses no place to an order that is wrong', async () => {
    await change({ intakeCap: 1 })
    expect(await place({ items: [{ menuId: 'm-9', quantity: 1 }] })).to.equal('422 MENU_NOT_FOUND')
    await house.call('PUT', '/api/stores/me/menu/m-2', { as: store1, body: { soldOut: true } })
    await until('it is sold out', async () => house.catalogue.store('store-1')?.menu[1]?.soldOut === true)
    expect(await place({ items: [{ menuId: 'm-2', quantity: 1 }] })).to.equal('422 SOLD_OUT')
    expect(await held()).to.equal(0)
    expect(await place()).to.equal('201')
  })

  it('takes more at once when its cap is raised, and all when it is lifted', async () => {
    await change({ intakeCap: 1 })
    expect([await place(), await place()]).to.deep.equal(['201', '409 STORE_BUSY'])
    await change({ intakeCap: 2 })
    expect([await place(), await place()]).to.deep.equal(['201', '409 STORE_BUSY'])
    await change({ intakeCap: null })
    expect(await place()).to.equal('201')
  })

  it('asks nobody to count while it has no cap', async () => {
    counter.down = true
    expect(await place()).to.equal('201')
    expect(counter.asked).to.equal(0)
  })

  it('takes orders uncounted while the counter does not answer, and says so in the log', async () => {
    await change({ intakeCap: 1 })
    counter.down = true
    expect([await place(), await place()]).to.deep.equal(['201', '201'])
    expect(house.logged.filter(line => line.includes('an order was taken uncounted'))).to.have.length(2)
  })

  it('keeps to its cap with every host down, and counts a repeat once there, too', async () => {
    await change({ intakeCap: 3 })
    await house.host.drain()
    const same = await Promise.all([place({}, 'key-1'), place({}, 'key-1')])
    expect(same).to.deep.equal(['202', '202'])
    await until('only one has kept a place', async () => (await held()) === 1)
    const crowd = await Promise.all(Array.from({ length: 6 }, () => place()))
    expect(crowd.sort()).to.deep.equal(['202', '202', ...Array.from({ length: 4 }, () => '409 STORE_BUSY')])
    expect(await place({}, 'key-1')).to.equal('202')
    const waiting = await house.call('GET', '/api/orders', { as: customer1 })
    expect(waiting.body.items).to.deep.equal([]) // nothing has begun
  })
})
