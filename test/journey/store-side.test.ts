import { expect } from 'chai'
import { until } from '../harness/house.ts'
import { type Answer, anOrder, knock, Somebody } from '../harness/people.ts'
import { type SecondGateway, startWithoutDatabase } from '../harness/second-gateway.ts'
import { sharedHouse } from '../harness/shared-house.ts'

interface Shown {
  readonly name: string
  readonly open: boolean
  readonly menu: readonly { readonly id: string; readonly soldOut: boolean }[]
}

describe('stores, as two gateways see them', function () {
  this.timeout(120_000)
  const shared = sharedHouse()
  let second: SecondGateway
  let customer: Somebody
  let keys = 0
  before(async () => {
    customer = await Somebody.signIn(shared.house.url, 'customer', 'customer-8')
    second = await startWithoutDatabase(shared.house)
  })
  after(() => second?.[Symbol.asyncDispose]())

  const ask = (origin: string, path: string, { token }: Somebody, method = 'GET', body?: object): Promise<Answer> =>
    knock(origin, path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': `stores-${++keys}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const place = (origin: string, storeId: string) => {
    const menuId = `m-${storeId.split('-')[1]}-1`
    return ask(origin, '/api/orders', customer, 'POST', anOrder({ storeId, items: [{ menuId, quantity: 1 }], paymentKey: undefined }))
  }
  const shown = async (origin: string, id: string) => (await knock(origin, `/api/stores/${id}`)).body as unknown as Shown
  const both = () => [shared.house.url, second.url]
  const bothSee = (what: string, id: string, met: (store: Shown) => boolean) =>
    until(what, async () => (await Promise.all(both().map(origin => shown(origin, id)))).every(met))

  it('a gateway that was started without its database serves menus, takes orders, and follows both', async () => {
    const [here, there] = [await shown(shared.house.url, 'store-26'), await shown(second.url, 'store-26')]
    expect(there).to.deep.equal(here)
    expect(there.menu.length).to.be.above(5)
    const near = (await knock(second.url, '/api/stores?lat=37.5006&lng=127.0364')).body as unknown as readonly object[]
    expect(near.length).to.be.above(20)
    const taken = await ask(
      second.url,
      '/api/orders',
      customer,
      'POST',
      anOrder({ storeId: 'store-26', items: [{ menuId: 'm-26-1', quantity: 1 }], paymentKey: 'pk_test_second' }),
    )
    expect([taken.status, taken.body.status]).to.deep.equal([201, 'placed'])
    expect((await ask(second.url, `/api/orders/${taken.body.id}`, customer)).body).to.include({ status: 'placed' })
    expect((await ask(second.url, `/api/orders/${taken.body.id}/timeline`, customer)).status).to.equal(200)

    const store = await Somebody.signIn(shared.house.url, 'store', 'store-26')
    const tablet = await store.listen(second.url)
    expect(tablet.orders.all.map(({ id }) => id)).to.deep.equal([taken.body.id])
    tablet.close()
    const lists = await ask(second.url, '/api/orders', customer)
    expect([lists.status, lists.body.error?.code]).to.deep.equal([503, 'READ_MODEL_UNAVAILABLE'])
    const session = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const refused = await knock(second.url, '/api/sessions', {
      ...session,
      body: JSON.stringify({ role: 'customer', login: 'customer-8', password: 'demo' }),
    })
    expect([refused.status, refused.body.error?.code]).to.deep.equal([503, 'UNAVAILABLE'])
  })

  it('what a store changes at one gateway the other has a moment later, and so has a store that is new', async () => {
    const store = await Somebody.signIn(shared.house.url, 'store', 'store-10')
    const { items } = (await ask(second.url, '/api/stores/me/menu', store)).body as unknown as { items: readonly { id: string }[] }
    expect((await ask(second.url, '/api/stores/me/menu', store, 'PUT', { items: items.slice(0, 3) })).status).to.equal(200)
    expect((await ask(shared.house.url, `/api/stores/me/menu/${items[0]?.id}`, store, 'PUT', { soldOut: true })).status).to.equal(200)
    expect((await ask(second.url, '/api/stores/me/profile', store, 'PUT', { name: '새 이름' })).status).to.equal(200)
    await bothSee('all of it', 'store-10', ({ name, menu }) => name === '새 이름' && menu.length === 3 && menu[0]?.soldOut === true)
    await ask(shared.house.url, '/api/stores/me/status', store, 'PUT', { open: false, forMinutes: 60 })
    await bothSee('the pause', 'store-10', ({ open }) => !open)
    expect((await place(second.url, 'store-10')).body.error?.details).to.deep.include({ zone: 'Asia/Seoul', paused: true })

    const ops = await Somebody.signIn(shared.house.url, 'ops', 'ops-1')
    const { id: _id, status: _status, pausedUntil: _until, ...profile } = (await ask(second.url, '/api/stores/me/profile', store)).body
    const made = await ask(shared.house.url, '/api/ops/stores', ops, 'POST', {
      id: 'corner',
      profile,
      items,
      login: 'corner',
      password: 'demo-corner',
    })
    expect([made.status, made.body]).to.deep.equal([201, { id: 'corner', login: 'corner' }])
    await bothSee('the new store', 'corner', ({ menu }) => menu?.length === items.length)
  })

  it('of a crowd at two doors a store takes as many as it wants, with its hosts and with every one of them down', async () => {
    const crowd = async (storeId: string, many: number): Promise<Record<string, number>> => {
      const answers = await Promise.all(Array.from({ length: many }, (_, i) => place(both()[i % 2] ?? '', storeId)))
      const count = Map.groupBy(answers, ({ status, body }) => (body.error ? `${status} ${body.error.code}` : `${status}`))
      return Object.fromEntries([...count].map(([answer, same]) => [answer, same.length]))
    }
    const rush = async (storeId: string) => {
      const store = await Somebody.signIn(shared.house.url, 'store', storeId)
      const roomFor = async (intakeCap: number): Promise<void> => {
        // Each gateway shows that it has heard: the cap comes with a name.
        const name = `takes ${intakeCap}`
        expect((await ask(shared.house.url, '/api/stores/me/profile', store, 'PUT', { intakeCap, name })).body).to.include({
          intakeCap,
          name,
        })
        await bothSee('the cap', storeId, seen => seen.name === name)
      }
      await roomFor(7)
      const withHosts = await crowd(storeId, 30)
      await roomFor(10)
      shared.house.kill('actors', 'SIGSTOP')
      const without = await crowd(storeId, 12)
      shared.house.kill('actors', 'SIGCONT')
      await shared.house.ready()
      return { withHosts, without }
    }
    const quarter = () => Math.floor(Date.now() / 900_000)
    const began = quarter()
    const first = await rush('store-27')
    // A new quarter that has begun meanwhile brought new places; the next will not begin as soon.
    const { withHosts, without } = quarter() === began ? first : await rush('store-28')
    expect(withHosts).to.deep.equal({ '201': 7, '409 STORE_BUSY': 23 })
    expect(without).to.deep.equal({ '202': 3, '409 STORE_BUSY': 9 })
  })
})
