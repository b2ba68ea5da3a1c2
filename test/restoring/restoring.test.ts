import { expect } from 'chai'
import { bury } from '../../actors/dead-letters.ts'
import { putInInbox } from '../../actors/inbox.ts'
import type { Log } from '../../actors/log.ts'
import type { HostSign } from '../../actors/membership.ts'
import { verify } from '../../server/db/verify.ts'
import { moveIn } from '../consumers/entities-log.ts'
import { projectorsOf } from '../consumers/read-town.ts'
import { loseOf } from '../consumers/stream-surgery.ts'
import { until } from '../harness/house.ts'
import { cookOrder, hear, LostTown, payOrder, placeOrder } from './lost-town.ts'

const DAY_MS = 86_400_000
const BY = { role: 'ops', id: 'ops-1' } as const
const order = (id: string) => ({ kind: 'order', id })

const subjectsOf = async (log: Log, ...patterns: string[]): Promise<string[]> => {
  const subjects: string[] = []
  for await (const { subject } of log.newest(patterns)) subjects.push(subject)
  return subjects.sort()
}

const people = async (log: Log): Promise<void> => {
  await moveIn(log, 1)
  await hear(log, 'customer/customer-1', { type: 'register', name: 'Kim', phone: '01000000000' })
  await hear(log, 'rider/rider-1', { type: 'register', name: 'Lee', phone: '01000000001' })
}

const differencesOf = async ({ town }: LostTown, log: Log): Promise<readonly string[]> => {
  const streams = [
    { name: 'ORDERS', maxAgeMs: 3 * DAY_MS },
    { name: 'ENTITIES', perActor: 64 },
  ]
  const { differences } = await verify({ databaseUrl: town.model.databaseUrl, log, streams, now: Date.now, tell: () => undefined })
  return differences.shown.map(({ what, how }) => `${what}: ${how}`)
}

const FX = 'fx.*.order.>'
const TIMERS = 'timer.order.>'
const BOARD = 'out.delivery.>'
const ALL = ['evt.order.>', FX, TIMERS, BOARD, 'evt.store.>', 'evt.menu.>', 'evt.customer.>', 'evt.rider.>']

/** Orders in some of their stages. */
const trade = async (log: Log): Promise<void> => {
  await people(log)
  await placeOrder(log, 'o_paying')
  await placeOrder(log, 'o_unpaid', { paymentKey: undefined })
  await placeOrder(log, 'o_placed')
  await payOrder(log, 'o_placed')
  await cookOrder(log, 'o_cooked')
  await placeOrder(log, 'o_refund')
  await payOrder(log, 'o_refund')
  await hear(log, 'order/o_refund', { type: 'cancel', reason: 'late' })
}

describe('a restored log', function () {
  this.timeout(60_000)

  it('holds the newest record of each actor letter by letter, and all that stands beside it', async () => {
    await using lost = await LostTown.after(trade)
    const was = await subjectsOf(lost.town.log, ...ALL)
    const restored = await lost.restored()
    expect(restored).to.deep.include({
      actors: { order: 5, store: 1, menu: 1, rider: 1, customer: 1 },
      lacking: [],
      unarchived: [],
      inbox: 0,
    })
    // What is over, effects that were answered and a timer whose cancellation found no seat, is not there; all else is.
    const is = await subjectsOf(lost.log, ...ALL)
    expect(was.filter(subject => !is.includes(subject))).to.deep.equal(
      was.filter(subject => /fx\.confirmPayment\..*o_(placed|cooked|refund)|timer\..*o_cooked\.2-3/.test(subject)),
    )
    expect(is.filter(subject => !was.includes(subject))).to.deep.equal([])
    for (const id of ['o_paying', 'o_unpaid', 'o_placed', 'o_cooked', 'o_refund']) {
      const [then, now] = [await lost.town.log.latest(order(id)), await lost.log.latest(order(id))]
      expect(now?.subject).to.equal(then?.subject)
      expect(JSON.stringify(now?.body)).to.equal(JSON.stringify(then?.body))
    }
    const bodies = async (log: Log) => {
      const found = new Map<string, unknown>()
      for await (const { subject, body } of log.newest([FX, TIMERS, BOARD])) found.set(subject, body)
      return found
    }
    const then = await bodies(lost.town.log)
    for (const [subject, body] of await bodies(lost.log)) expect(body, subject).to.deep.equal(then.get(subject))
  })

  it('is missed by the comparison before it is restored', async () => {
    await using lost = await LostTown.after(trade)
    expect(await differencesOf(lost, lost.log)).to.deep.equal([
      'ORDERS: the log holds no record at all, and the archive does: it was lost, see npm run restore',
      'ENTITIES: the log holds no record at all, and the archive does: it was lost, see npm run restore',
      'store/store-1: the copy of the catalogue has it, the log has no record of it',
      'menu/store-1: the copy of the catalogue has it, the log has no record of it',
    ])
  })

  it('lets each actor go on from there, and is no different to the comparison', async () => {
    await using lost = await LostTown.after(trade)
    await lost.restored()
    const ends = { ORDERS: await lost.log.end('ORDERS'), ENTITIES: await lost.log.end('ENTITIES') }
    expect(await lost.town.model.read.position('ORDERS')).to.equal(ends.ORDERS)
    expect(await lost.town.model.read.position('ENTITIES')).to.equal(ends.ENTITIES)
    await hear(lost.log, 'order/o_placed', { type: 'accept', prepMinutes: 5 })
    expect((await lost.log.latest(order('o_placed')))?.body.version).to.equal(3)
    const projectors = await projectorsOf(lost.log, lost.town.model)
    try {
      await until('it is written', async () => (await lost.town.model.read.orderById('o_placed'))?.version === 3)
    } finally {
      await Promise.all(projectors.map(projector => projector.stop()))
    }
    expect(await differencesOf(lost, lost.log)).to.deep.equal([])
  })

  it('has a timer whose instant has passed fall due at once', async () => {
    await using lost = await LostTown.after(async log => {
      await placeOrder(log, 'o_late', { paymentKey: undefined, windows: { payMs: 1 } })
    })
    await lost.restored()
    await until('it falls due', async () => (await subjectsOf(lost.log, 'due.order.>')).length === 1)
    expect((await subjectsOf(lost.log, 'due.order.>'))[0]).to.match(/^due\.order\.\d+\.o_late\.1-\d$/)
  })

  it('has what an order told and nobody heard told again, and not what was heard', async () => {
    await using lost = await LostTown.after(async log => {
      await people(log)
      for (const id of ['o_1', 'o_2']) {
        await cookOrder(log, id)
        await hear(log, `order/${id}`, { type: 'pick' })
        await hear(log, `order/${id}`, { type: 'deliver' })
        await hear(log, `order/${id}`, { type: 'confirm' })
      }
      for await (const { subject, body } of log.newest<{ n: string; to: { kind: string; id: string }; event: { type: string } }>(
        'fx.tell.order.>',
      ))
        if (!(subject.includes('.o_2.') && body.event.type === 'orderCompleted'))
          await hear(log, `${body.to.kind}/${body.to.id}`, body.event, { commandId: `tell:order/${subject.split('.')[4]}:${body.n}` })
    })
    const { pending } = await lost.restored()
    expect(pending).to.deep.include({ told: 1, effects: 0, timers: 0 })
    expect(await subjectsOf(lost.log, 'fx.tell.order.>')).to.have.length(1)
    for await (const { body } of lost.log.newest<object>('fx.tell.order.>'))
      expect(body).to.deep.include({ to: { kind: 'customer', id: 'customer-1' }, event: { type: 'orderCompleted', orderId: 'o_2' } })
  })

  it('is written into empty streams only, with an archive, and while no host is there', async () => {
    await using lost = await LostTown.after(trade)
    const hosts = await lost.nats.bucket<HostSign>('hosts', { ttlMs: 60_000, storage: 'memory' })
    await hosts.put('host-1', { at: '' })
    expect(await lost.restore()).to.deep.equal({ kind: 'hosts', hosts: ['host-1'] })
    await hosts.delete('host-1')
    const none = await lost.town.model.read.position('ORDERS')
    expect(await lost.log.end('ORDERS')).to.equal(0)
    expect(none).to.be.above(0)
    await lost.restored()
    expect(await lost.restore()).to.include({ kind: 'notEmpty' })
    await using empty = await LostTown.after(async () => undefined)
    expect(await empty.restore()).to.deep.equal({ kind: 'noArchive' })
  })

  it('that was cut short is completed, and writes nothing twice that waits for nothing', async () => {
    await using lost = await LostTown.after(trade)
    const stopping = new AbortController()
    const cut = await lost.restore({ signal: stopping.signal, tell: () => stopping.abort(new Error('cut short')) }).then(
      () => 'it ended',
      (error: Error) => error.message,
    )
    expect(cut).to.equal('cut short')
    const { actors } = await lost.restored({ mode: 'repair' })
    expect(actors).to.deep.equal({ order: 5, store: 1, menu: 1, rider: 1, customer: 1 })
    expect(await lost.town.model.read.position('ENTITIES')).to.equal(0) // its projector reads it from the beginning
    expect((await lost.restored({ mode: 'repair' })).actors).to.deep.equal({ order: 5 }) // these wait for something
    for (const id of ['o_paying', 'o_cooked']) expect((await lost.log.latest(order(id)))?.body.version).to.equal(id === 'o_paying' ? 1 : 5)
  })

  it('is repaired where it has lost the newest records of actors', async () => {
    await using lost = await LostTown.after(trade)
    const { log, server } = lost.town
    const seqs = [await log.latest(order('o_cooked')), await log.latest({ kind: 'store', id: 'store-1' })].map(last => last?.seq ?? 0)
    await loseOf(server.url, 'ORDERS', { seqs: seqs.slice(0, 1) })
    await loseOf(server.url, 'ENTITIES', { seqs: seqs.slice(1) })
    expect((await log.latest(order('o_cooked')))?.body.version).to.equal(4)
    expect(await differencesOf(lost, log)).to.deep.equal([
      `order/o_cooked version 5 (ORDERS ${seqs[0]}): it is in the archive and not in the log, which should still hold it`,
      'store/store-1: the copy of the catalogue has it, the log has no record of it',
    ])
    const restored = await lost.restored({ mode: 'repair', log, fullness: () => lost.town.nats.log.fullness() })
    expect(restored.actors).to.deep.equal({ order: 5, store: 1 })
    expect((await log.latest(order('o_cooked')))?.body.version).to.equal(5)
    expect((await log.latest({ kind: 'store', id: 'store-1' }))?.body.version).to.equal(1)
    await lost.town.project()
    expect(await differencesOf(lost, log)).to.deep.equal([])
  })

  it('leaves out what the log had let go of, and not what is open', async () => {
    await using lost = await LostTown.after(trade)
    const { orm } = lost.town.model
    await orm.em.fork().execute(`alter table record_archive disable trigger append_only;
      select archive_day('2026-01-01'); select archive_day('2026-01-02');
      update record_archive set day = '2026-01-01' where id in ('o_refund', 'o_placed');
      alter table record_archive enable trigger append_only;
      update order_view set open = false where id = 'o_refund'`)
    expect((await lost.restored()).actors.order).to.equal(4)
    expect(await lost.log.latest(order('o_refund'))).to.equal(undefined)
    expect((await lost.log.latest(order('o_placed')))?.body.version).to.equal(2)
  })

  it('comes with a list of what is known not to be archived, and by whom', async () => {
    await using lost = await LostTown.after(trade)
    const { log } = lost
    const message = { seq: 1, at: '', subject: 'fx.confirmPayment.order.1.o_gone.7-0', body: {} }
    await bury(log, { src: 'confirmPayment', attempts: 5, reason: 'away', at: '', message, address: order('o_gone'), n: '7-0' })
    await putInInbox(log, { commandId: 'c-1', address: order('o_new'), event: { type: 'place' }, by: BY, at: '' })
    await putInInbox(log, { commandId: 'c-2', address: order('o_begun'), event: { type: 'cancel' }, by: BY, at: '' })
    const told = { about: 'cooking', channel: 'alimtalk', to: 'customer/customer-1', at: '', status: 'sent' } as const
    await (await lost.book()).put('o_placed.cooking.alimtalk', { ...told, orderId: 'o_placed', version: 4 })
    await (await lost.book()).put('o_cooked.cooking.alimtalk', { ...told, orderId: 'o_cooked', version: 4 })
    await lost.town.model.orm.em.fork().execute(`update order_view set version = 3 where id = 'o_unpaid'`)
    const { unarchived, inbox } = await lost.restored()
    expect(inbox).to.equal(2)
    expect(unarchived).to.have.deep.members([
      { address: 'order/o_gone', archived: 0, had: 7, by: 'the dead letter fx:order/o_gone:7-0' },
      { address: 'order/o_begun', archived: 0, had: 1, by: 'a command in the inbox' },
      { address: 'order/o_placed', archived: 2, had: 4, by: 'a message about cooking' },
      { address: 'order/o_unpaid', archived: 1, had: 3, by: 'the read model' },
    ])
  })

  it('says which waits nobody can make again', async () => {
    await using lost = await LostTown.after(trade)
    await lost.town.model.orm.em.fork().execute(`alter table record_archive disable trigger append_only;
      delete from record_archive where id = 'o_cooked' and version = 4; alter table record_archive enable trigger append_only`)
    expect((await lost.restored()).lacking).to.deep.equal([
      { address: 'order/o_cooked', wait: 'xstate.after.riderWindow.order.order.cooked' },
    ])
  })
})
