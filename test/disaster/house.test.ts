import { expect } from 'chai'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import { callsOf, HOME, ledgerOf, Somebody } from '../harness/people.ts'
import { Ruin } from './ruin.ts'

const CONFIRM_WINDOW_MS = 15_000

const STAGES = ['done', 'placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered', 'refused'] as const
type Stage = (typeof STAGES)[number]

/** The people of one story; after a disaster they sign in again. */
const people = async (url: string) => {
  const [customer, store, rider, second, ops] = await Promise.all([
    Somebody.signIn(url, 'customer', 'customer-1'),
    Somebody.signIn(url, 'store', 'store-1'),
    Somebody.signIn(url, 'rider', 'rider-1'),
    Somebody.signIn(url, 'rider', 'rider-2'),
    Somebody.signIn(url, 'ops', 'ops-1'),
  ])
  return { customer, store, rider, second, ops }
}

describe('a whole house', function () {
  this.timeout(240_000)
  let ruin: Ruin

  before(async () => {
    ruin = await Ruin.open({ env: { CONFIRM_WINDOW_MS: String(CONFIRM_WINDOW_MS) } })
  })
  after(() => ruin?.[Symbol.asyncDispose]())

  it('that loses PostgreSQL reads it anew from the log', async () => {
    const { customer, store } = await people(ruin.house.url)
    const { id } = await customer.place('base-1', { paymentKey: 'pk_test_base_1' })
    const rejected = await store.act(id, 'reject', { reason: 'sold out' })
    await customer.sees(id, ({ refund }) => refund === 'done', 'the refund')

    await ruin.fall()
    await ruin.losePostgres()
    const after = await ruin.openAgain()
    const again = await people(after.url)
    const listed = async () => (await again.customer.call<{ items: OrderView[] }>('/api/orders')).items
    await until('the list is read from the log', async () => (await listed())[0]?.refund === 'done')
    expect((await listed()).map(order => order.id)).to.deep.equal([id])
    expect((await again.customer.order(id)).version).to.be.above(rejected.version)
    expect((await ruin.command('server/rebuild.ts')).lines.at(-1)).to.match(/^rebuilt: 1 orders, 4 steps, 30 stores$/)
    expect((await ruin.command('server/verify.ts')).lines.at(-1)).to.equal('differences: 0')
  })

  it('that loses its log restores it from the archive: open orders go on to their end, and what was not archived is listed', async () => {
    const before = ruin.house
    const { customer, store, rider, second } = await people(before.url)
    const at = { lat: HOME.lat, lng: HOME.lng, seq: 1, at: new Date().toISOString() }
    for (const who of [rider, second]) await who.call('/api/riders/me/status', 'PUT', { online: true })
    await second.call('/api/riders/me/location', 'PUT', at)
    const place = async (name: string): Promise<string> => (await customer.place(`lost-${name}`, { paymentKey: `pk_test_lost_${name}` })).id
    const accept = (id: string) => store.act(id, 'accept', { prepMinutes: 10 })
    const cook = async (id: string): Promise<OrderView> => {
      await accept(id)
      await store.act(id, 'start-cooking')
      return store.act(id, 'finish-cooking')
    }

    // One in each stage.
    const stages = await Promise.all(STAGES.map(async stage => [stage, await place(stage)] as const))
    const { done, placed, accepted, cooking, cooked, picked, delivered, refused } = Object.fromEntries(stages) as Record<Stage, string>
    await Promise.all([accept(accepted), accept(refused), cook(cooked), cook(picked), cook(delivered), cook(done), accept(cooking)])
    await store.act(cooking, 'start-cooking')
    for (const id of [done, delivered]) {
      await second.act(id, 'pick')
      await second.act(id, 'deliver')
    }
    await customer.act(done, 'confirm')
    await rider.act(picked, 'pick')
    before.kill('payments', 'SIGSTOP')
    await customer.act(refused, 'cancel', { reason: 'nobody gives it back yet' })
    const paying = await place('paying')
    expect((await customer.order(paying)).status).to.equal('paying')
    const all = [done, placed, accepted, cooking, cooked, picked, delivered, refused, paying]
    const listed = async (who: Somebody) => (await who.call<{ items: OrderView[] }>('/api/orders?limit=50')).items
    const versions = new Map(await Promise.all(all.map(async id => [id, (await customer.order(id)).version] as const)))
    await until('all of it is archived', async () => {
      const items = await listed(customer)
      return all.every(id => items.find(order => order.id === id)?.version === versions.get(id))
    })
    // And what the projector does not see any more.
    before.kill('projector', 'SIGSTOP')
    await accept(placed)
    const { ops } = await people(before.url)
    const told = async (id: string) =>
      (await ops.call<{ entries: { kind: string; about?: string }[] }>(`/api/ops/orders/${id}/timeline`)).entries.map(({ about }) => about)
    await until('the customer is told of it', async () => (await told(placed)).includes('accepted'))

    await ruin.fall()
    const stores = await ruin.storesOf(['ORDERS', 'ENTITIES'])
    expect(stores).to.have.length(2)
    await ruin.lose(stores)
    await ruin.openAgain({ serversOnly: true })
    const restored = await ruin.command('server/restore.ts')
    expect(restored.code, restored.lines.join('\n')).to.equal(0)
    expect(restored.lines).to.include(`not archived: order/${placed} beyond version 2; it had version 3, by a message about accepted`)
    expect(restored.lines.at(-1)).to.equal('known not to be archived: 1')
    expect((await ruin.command('server/restore.ts')).lines.at(-1)).to.match(
      /^restore: (ORDERS|ENTITIES) holds \d+ messages, so this log is not lost/,
    )

    const after = await ruin.openAgain()
    const again = await people(after.url)
    expect((await again.customer.order(accepted)).version).to.equal(versions.get(accepted))
    expect(await again.customer.place('lost-done', { paymentKey: 'pk_test_lost_done' })).to.include({ id: done })
    // The store accepts once more what it had accepted, and all go on.
    await again.store.act(placed, 'accept', { prepMinutes: 10 })
    for (const id of [placed, accepted]) await again.store.act(id, 'start-cooking')
    for (const id of [placed, accepted, cooking]) await again.store.act(id, 'finish-cooking')
    await again.second.call('/api/riders/me/location', 'PUT', { ...at, seq: 2, at: new Date().toISOString() })
    const board = await again.second.call<{ orderId: string }[]>('/api/deliveries?radiusM=2000')
    expect(board.map(({ orderId }) => orderId)).to.include(cooked)
    expect(await again.rider.refused(`/api/orders/${cooked}/pick`, 'POST', {})).to.equal('409 RIDER_BUSY')
    await again.rider.act(picked, 'deliver')
    for (const id of [cooked, placed, accepted, cooking]) {
      await again.second.act(id, 'pick')
      await again.second.act(id, 'deliver')
      await again.customer.act(id, 'confirm')
    }
    await again.customer.sees(delivered, ({ status }) => status === 'confirmed', 'the delivered order confirmed by its timer')
    await again.customer.sees(refused, ({ refund }) => refund === 'done', 'the refund that was asked for')
    await again.customer.sees(paying, ({ status }) => status === 'placed', 'the payment that was asked for')
    for (const id of all) {
      const { payments } = await ledgerOf(after.standIns.psp, id)
      expect(payments.map(({ confirms, cancels }) => [confirms, cancels.length])).to.deep.equal([[1, id === refused ? 1 : 0]])
    }
    expect(callsOf(await ledgerOf(after.standIns.psp, refused), 'cancel')).to.equal(1)
    await until('the list is right', async () => {
      const items = await listed(again.customer)
      const orders = await Promise.all(all.map(id => again.customer.order(id)))
      return orders.every(({ id, version }) => items.find(order => order.id === id)?.version === version)
    })
    const verified = await ruin.command('server/verify.ts')
    expect(verified.lines.at(-1)).to.equal('differences: 0')
  })
})
