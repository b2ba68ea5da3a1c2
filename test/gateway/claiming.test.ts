import { expect } from 'chai'
import type { Command, Reply } from '../../actors/envelope.ts'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Subscription } from '../../actors/log.ts'
import { Router } from '../../actors/router.ts'
import { runTells } from '../../actors/tell.ts'
import { runTimers } from '../../actors/timers.ts'
import { DEFAULT_WINDOWS } from '../../machines/order-types.ts'
import type { RiderContext } from '../../machines/rider.ts'
import type { CommandName } from '../../server/contract/order-commands.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Catalogue } from '../../server/gateway/catalogue.ts'
import { followClaims } from '../../server/gateway/claims.ts'
import { Commands } from '../../server/gateway/commands.ts'
import { Interest } from '../../server/gateway/interest.ts'
import { GANGNAM, Town, until } from './pusher-town.ts'

const rider = (n: number) => ({ role: 'rider', id: `rider-${n}` }) as const

describe('claiming a delivery', () => {
  let town: Town
  let catalogue: Catalogue
  let running: Subscription[]
  /** Between the gateway and the actors. */
  let between: (command: Command) => Promise<void> | void
  let ids: number

  beforeEach(async () => {
    town = await Town.open()
    catalogue = await Catalogue.open({ log: town.log, now: () => town.clock.now() })
    running = []
    between = () => undefined
    ids = 0
    for (const n of [1, 2]) await town.tell(`rider/rider-${n}`, { type: 'register', name: `라이더 ${n}`, phone: '01000000009' })
  })
  afterEach(async () => {
    for (const each of running) await each.stop()
    await catalogue.stop()
    await town[Symbol.asyncDispose]()
  })

  const gateway = (riderLimit = 1): Commands => {
    const { log, router, clock } = town
    class Watched extends Router {
      override async ask(command: Command, deadlineMs?: number): Promise<Reply> {
        await between(command)
        return router.ask(command, deadlineMs)
      }
    }
    return new Commands({
      log,
      router: new Watched({ wire: town.wire, now: () => clock.now(), random: () => 0.5 }),
      records: new Interest((subject, deliver) => log.live(subject, deliver)),
      catalogue,
      intake: { admit: (_store, begin) => begin() },
      settings: { paymentWaitMs: 10, commandDeadlineMs: 10_000, riderLimit, windows: DEFAULT_WINDOWS },
      now: () => clock.now(),
      newId: () => `id-${++ids}`,
    })
  }
  const workers = async (): Promise<void> => {
    const { log, router, clock } = town
    const carrying = { log, router, now: () => clock.now(), random: () => 0.5, stream: 'ORDERS', concurrency: 8 }
    running.push(await runTells(carrying), await runTimers(carrying))
  }
  interface Told {
    readonly order?: OrderView
    readonly code?: string
    readonly details?: unknown
  }
  const ask = (n: number, name: CommandName, orderId: string, more: { key?: string; by?: Pick<Commands, 'execute'> } = {}): Promise<Told> =>
    (more.by ?? gateway())
      .execute(rider(n), { name, orderId, idempotencyKey: more.key, body: {} })
      .then(({ view }) => ({ order: view }))
      .catch(({ code, details }: Told) => ({ code, details }) as Told)
  const handsOf = async (n: number): Promise<{ value: unknown; carrying: string[]; taking: string[] }> => {
    const state = (await town.log.latest({ kind: 'rider', id: `rider-${n}` }))?.body.state
    if (!state) throw new Error(`no rider-${n}`)
    const { carrying, taking } = state.context as unknown as RiderContext
    return { value: state.value, carrying: carrying.map(({ orderId }) => orderId), taking: taking.map(({ orderId }) => orderId) }
  }
  const orderOf = async (id: string) => {
    const state = (await town.log.latest({ kind: 'order', id }))?.body.state
    if (!state) throw new Error(`no order ${id}`)
    return { ...orderRegions(state), rider: orderContext(state).rider, openedAt: orderContext(state).openedAt }
  }
  const free = { value: 'offline', carrying: [], taking: [] }

  it('is for one who need not be on duty, under his name, and holds the order cooked until he picks it up', async () => {
    await town.cooked('o_1')
    const claimed = await ask(1, 'claim', 'o_1')
    expect(claimed.order).to.deep.include({
      status: 'cooked',
      rider: { id: 'rider-1', name: '라이더 1' },
      claimedUntil: new Date(town.clock.now() + 600_000).toISOString(),
    })
    expect(claimed.order?.deliverTo.address).to.equal('서울 강남구 테헤란로 1')
    expect(await town.board.near(GANGNAM)).to.deep.equal([])
    expect((await ask(2, 'pick', 'o_1')).code).to.equal('ALREADY_PICKED')
    const picked = await ask(1, 'pick', 'o_1')
    expect(picked.order).to.deep.include({ status: 'picked', rider: { id: 'rider-1', name: '라이더 1' } })
    expect(picked.order).to.not.have.property('claimedUntil')
  })

  it('leaves a rider one delivery at a time, and tells him which he has', async () => {
    await workers()
    for (const id of ['o_1', 'o_2']) await town.cooked(id)
    await ask(1, 'pick', 'o_1')
    await until('he is told', async () => (await handsOf(1)).carrying.length === 1)
    for (const name of ['claim', 'pick'] as const)
      expect(await ask(1, name, 'o_2')).to.deep.equal({ code: 'RIDER_BUSY', details: { carrying: ['o_1'] } })
    expect((await ask(1, 'pick', 'o_2', { by: gateway(2) })).order?.status, 'where the limit is two').to.equal('picked')
  })

  it('gives him the next one at once after the last, though nobody has told him yet that it is over', async () => {
    for (const id of ['o_1', 'o_2']) await town.cooked(id)
    await ask(1, 'pick', 'o_1')
    await town.tell('rider/rider-1', { type: 'took', orderId: 'o_1', claim: 1 })
    await ask(1, 'deliver', 'o_1')
    expect(await handsOf(1), 'not told').to.deep.include({ carrying: ['o_1'] })
    expect((await ask(1, 'pick', 'o_2')).order?.status).to.equal('picked')
    await workers()
    await until('he is told of all', async () => (await handsOf(1)).carrying.join() === 'o_2')
  })

  it('gives a rider who grabs five at once exactly one', async () => {
    const five = ['o_1', 'o_2', 'o_3', 'o_4', 'o_5']
    for (const id of five) await town.cooked(id)
    await workers()
    const answers = await Promise.all(five.map(id => ask(1, 'pick', id)))
    expect(answers.map(({ order, code }) => order?.status ?? code).sort()).to.deep.equal([
      ...Array.from({ length: 4 }, () => 'RIDER_BUSY'),
      'picked',
    ])
    await until('he has it', async () => (await handsOf(1)).carrying.length === 1)
    expect((await handsOf(1)).taking).to.deep.equal([])
  })

  it('leaves who was not first as free as before', async () => {
    for (const id of ['o_1', 'o_2']) await town.cooked(id)
    const answers = await Promise.all([ask(1, 'pick', 'o_1'), ask(2, 'pick', 'o_1')])
    const loser = answers[0]?.code === undefined ? 2 : 1
    expect(answers[loser - 1]?.code).to.equal('ALREADY_PICKED')
    expect(await handsOf(loser)).to.deep.equal(free)
    expect((await ask(loser, 'pick', 'o_2')).order?.status).to.equal('picked')
  })

  it('tells who comes late, or too soon, by one read: the rider is not even asked', async () => {
    await town.cooked('o_1')
    await ask(1, 'pick', 'o_1')
    await town.placed('o_2')
    const asked: string[] = []
    between = ({ event }) => void asked.push(event.type)
    expect([(await ask(2, 'pick', 'o_1')).code, (await ask(2, 'claim', 'o_2')).code]).to.deep.equal(['ALREADY_PICKED', 'ORDER_REFUSED'])
    expect((await ask(2, 'pick', 'o_1', { key: 'tap-1' })).code).to.equal('ALREADY_PICKED')
    expect(asked).to.deep.equal([])
  })

  it('keeps a place for half a minute when the gateway dies before it has asked the order', async () => {
    for (const id of ['o_1', 'o_2']) await town.cooked(id)
    const dying = new Error('killed')
    between = ({ address }) => {
      if (address.kind === 'order') throw dying
    }
    await ask(1, 'pick', 'o_1')
    between = () => undefined
    town.clock.advance(29_999)
    expect((await ask(1, 'pick', 'o_2')).code).to.equal('RIDER_BUSY')
    town.clock.advance(1)
    expect((await ask(1, 'pick', 'o_2')).order?.status).to.equal('picked')
    expect((await orderOf('o_1')).order).to.equal('cooked')
  })

  it('stands when the gateway dies after the order has said yes: the order itself tells its rider', async () => {
    for (const id of ['o_1', 'o_2']) await town.cooked(id)
    await workers()
    await town.picked('o_1', 'rider-1')
    await until('he is told', async () => (await handsOf(1)).carrying.join() === 'o_1')
    expect((await ask(1, 'pick', 'o_2')).code).to.equal('RIDER_BUSY')
    expect((await ask(1, 'pick', 'o_1')).order?.status, 'his own question, asked again').to.equal('picked')
  })

  it('is not made of a place that is too old to be safe', async () => {
    await town.cooked('o_1')
    between = ({ event }) => {
      if (event.type === 'take') town.clock.advance(10_001)
    }
    expect((await ask(1, 'pick', 'o_1')).code).to.equal('UNAVAILABLE')
    expect((await orderOf('o_1')).order).to.equal('cooked')
  })

  it('wins again when it is asked again: twice at once, later, by another name, or after a pick-up', async () => {
    await town.cooked('o_1')
    await workers()
    const twice = await Promise.all([ask(1, 'claim', 'o_1'), ask(1, 'claim', 'o_1'), ask(1, 'claim', 'o_1', { key: 'thumb' })])
    expect(twice.map(({ order }) => order?.rider?.id)).to.deep.equal(['rider-1', 'rider-1', 'rider-1'])
    const first = await ask(1, 'pick', 'o_1')
    expect(first.order?.status).to.equal('picked')
    expect(await ask(1, 'pick', 'o_1')).to.deep.equal(first)
    expect((await ask(1, 'pick', 'o_1', { key: 'another' })).order?.status).to.equal('picked')
    await until('he has it once', async () => (await handsOf(1)).carrying.length === 1)
    await ask(1, 'deliver', 'o_1')
    expect((await ask(1, 'pick', 'o_1', { key: 'much later' })).code).to.equal('ORDER_REFUSED')
    await until('he is free', async () => (await handsOf(1)).value === 'offline')
    expect(await handsOf(1)).to.deep.equal(free)
  })

  it('keeps to the version that a rider names', async () => {
    await town.cooked('o_1')
    const wrong = await gateway()
      .execute(rider(1), { name: 'claim', orderId: 'o_1', expectedVersion: 3, body: {} })
      .catch(({ code }: Told) => code)
    expect(wrong).to.equal('VERSION_MISMATCH')
    expect(await handsOf(1)).to.deep.equal(free)
  })

  it('is given back by its rider: the delivery is open again, he is free, and the door is no longer his to know', async () => {
    await town.cooked('o_1')
    await workers()
    await ask(1, 'claim', 'o_1')
    expect((await ask(2, 'release', 'o_1')).code).to.equal('ORDER_REFUSED')
    const released = await ask(1, 'release', 'o_1', { key: 'r-1' })
    expect(released.order).to.deep.include({ status: 'cooked' })
    expect(released.order).to.not.have.any.keys('rider', 'claimedUntil')
    expect(released.order?.deliverTo).to.have.all.keys('area')
    expect(await ask(1, 'release', 'o_1', { key: 'r-1' })).to.deep.equal(released)
    expect((await town.board.near(GANGNAM)).map(({ orderId }) => orderId)).to.deep.equal(['o_1'])
    await until('he is free', async () => (await handsOf(1)).value === 'offline')
    expect((await ask(2, 'claim', 'o_1')).order?.rider?.id).to.equal('rider-2')
  })

  it('lapses when nobody picks it up, and the riders near are offered the delivery again', async () => {
    await town.rider('rider-3', GANGNAM)
    await workers()
    const { ear } = await town.joins(rider(3))
    const winner = await town.joins(rider(1))
    await town.cooked('o_1')
    await ear.hears('delivery')
    const commands = followClaims(gateway(), town.pusher, { warn: () => undefined })
    await ask(1, 'claim', 'o_1', { by: commands })
    await ear.hears('delivery:gone')
    town.clock.advance(599_999)
    expect((await orderOf('o_1')).claim).to.equal('held')
    town.clock.advance(1)
    await ear.hears('delivery', 2)
    expect(await orderOf('o_1')).to.deep.include({ order: 'cooked', claim: 'none', rider: undefined, openedAt: town.nowIso })
    expect((await town.board.near(GANGNAM)).map(({ orderId }) => orderId)).to.deep.equal(['o_1'])
    await winner.ear.hears('order', 2)
    expect(winner.ear.of('order').map(({ rider, deliverTo }) => [rider?.id, deliverTo.address])).to.deep.equal([
      ['rider-1', '서울 강남구 테헤란로 1'],
      [undefined, undefined],
    ])
    await until('he who let it lapse is free', async () => (await handsOf(1)).value === 'offline')
  })

  it('can be made a second time by a rider who let the first one lapse, and is then his for good', async () => {
    await workers()
    await town.cooked('o_1')
    await ask(1, 'claim', 'o_1')
    town.clock.advance(600_000)
    await until('it lapsed', async () => (await orderOf('o_1')).claim === 'none')
    const again = await ask(1, 'claim', 'o_1')
    expect([again.order?.rider?.id, (await orderOf('o_1')).claim]).to.deep.equal(['rider-1', 'held'])
    await until('he has it', async () => (await handsOf(1)).carrying.join() === 'o_1')
    await town.cooked('o_2')
    expect((await ask(1, 'pick', 'o_2')).code).to.equal('RIDER_BUSY')
    expect((await ask(1, 'pick', 'o_1')).order?.status).to.equal('picked')
  })

  it('is followed on the rider’s sockets at every gateway, not only where it was asked', async () => {
    await workers()
    await town.cooked('o_1')
    const { ear } = await town.joins(rider(1))
    await ask(1, 'pick', 'o_1') // through a door that knows nothing of this socket
    await ear.hears('order')
    expect(ear.of('order').map(({ status }) => status)).to.deep.equal(['picked'])
  })
})
