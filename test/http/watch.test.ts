import { expect } from 'chai'
import { cellOf } from '../../machines/geo.ts'
import { WORD, type Word } from '../../server/breakers/word.ts'
import { drainEndpoint } from '../../server/drain.ts'
import { anOrder, customer1, type GatewayHouse, openGateway, ops1, store1, until } from './gateway-house.ts'

const CELL = cellOf(anOrder().deliverTo)

describe('what operators watch', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const get = async (path: string) => (await house.call('GET', `/api/ops/${path}`, { as: ops1 })).body
  const drain = (host: string, body: object) => house.call('POST', `/api/ops/hosts/${host}/drain`, { as: ops1, body })
  const sign = (host: string, about: object = {}) => house.signs.put(host, { at: new Date(house.clock.now()).toISOString(), ...about })
  const say = (word: Omit<Word, 'host' | 'verdicts'>) => house.signals.announce(WORD, { host: 'host-1', verdicts: [], ...word })
  /** A host's side, with everything but the process that ends. */
  const hosting = async (name: string, leave: () => void) => {
    const { log, clock } = house
    const host = { drain: () => house.signs.delete(name) }
    const endpoint = drainEndpoint({ name, host, log, now: () => clock.now(), leave })
    await house.services.serve({
      name: 'actors',
      id: name,
      version: '1.0.0',
      description: '',
      metadata: {},
      now: Date.now,
      endpoints: [endpoint],
    })
  }

  it('each host has its shards, all of them once, and says where it is', async () => {
    await sign('host-a', { since: '2026-11-22T02:00:00.000Z', kinds: ['order'], machine: 'm-1', pid: 7 })
    await sign('host-b') // of an earlier release
    const { shards, hosts, drains } = await get('hosts')
    expect(hosts[0]).to.deep.include({
      host: 'host-a',
      since: '2026-11-22T02:00:00.000Z',
      kinds: ['order'],
      machine: 'm-1',
      pid: 7,
    })
    expect(hosts[1]).to.have.all.keys('host', 'kinds', 'shards')
    const held = hosts.flatMap((host: { shards: number[] }) => host.shards).sort((a: number, b: number) => a - b)
    expect(held).to.deep.equal(Array.from({ length: shards }, (_, shard) => shard))
    expect(drains).to.deep.equal([])
  })

  it('a host leaves when it is told to, who and why is kept, and the last one only by force', async () => {
    const left: string[] = []
    for (const name of ['host-a', 'host-b']) {
      await sign(name)
      await hosting(name, () => left.push(name))
    }
    expect((await drain('host-none', { reason: '점검' })).body.error.code).to.equal('NOT_FOUND')
    expect((await drain('host-a', {})).body.error.code).to.equal('INVALID')
    const first = await drain('host-a', { reason: '점검' })
    const at = new Date(house.clock.now()).toISOString()
    expect([first.status, first.body]).to.deep.equal([200, { host: 'host-a', at, by: 'ops/ops-1', why: '점검', forced: false }])
    expect((await get('hosts')).hosts.map(({ host }: { host: string }) => host)).to.deep.equal(['host-b'])

    const last = await drain('host-b', { reason: '이전' })
    expect([last.status, last.body.error.code]).to.deep.equal([409, 'LAST_HOST'])
    expect(left).to.deep.equal(['host-a'])
    expect((await drain('host-b', { reason: '이전', force: true })).body.forced).to.equal(true)
    expect(left).to.deep.equal(['host-a', 'host-b'])
    expect((await get('hosts')).drains.map(({ host, why }: { host: string; why: string }) => `${host} ${why}`)).to.deep.equal([
      'host-b 이전',
      'host-a 점검',
    ])
    expect(house.logged.some(line => line.includes('host-b') && line.includes('이전'))).to.equal(true)
  })

  it('a host that has signed and does not answer is not said to have left', async () => {
    for (const name of ['host-a', 'host-b']) await sign(name)
    expect((await drain('host-a', { reason: '점검' })).body.error.code).to.equal('UNAVAILABLE')
  })

  it('every reader’s distance from the end of the log, and what could not be asked', async () => {
    await house.place({ paymentKey: 'pk_test_1' })
    const { streams, readers, unknown } = await get('lag')
    expect(streams.map(({ stream }: { stream: string }) => stream)).to.include.members(['ORDERS', 'ENTITIES', 'INBOX'])
    const end = await house.log.end('ORDERS')
    const of = (reader: string) =>
      readers.find((each: { reader: string; stream: string }) => each.reader === reader && each.stream === 'ORDERS')
    expect(of('projector')).to.deep.equal({ reader: 'projector', stream: 'ORDERS', position: end, behind: 0 })
    expect(of('fx-confirmPayment')).to.deep.include({ behind: 0, inHand: 0 })
    expect(of('fx-confirmPayment').position).to.be.within(1, end)
    expect(unknown).to.deep.equal([])
    house.reads.down = true
    const without = await get('lag')
    expect(without.unknown).to.deep.equal(['projector'])
    expect(without.readers.map(({ reader }: { reader: string }) => reader)).to.deep.equal(['fx-confirmPayment'])
  })

  it('the waiting room: how many, how fast, and who has waited longest', async () => {
    expect(await get('waiting-room')).to.deep.equal({ known: false, waiting: 0, perS: 0, busy: false })
    const { body: order } = await house.place({ paymentKey: 'pk_test_1' })
    const endSeq = await house.log.end('ORDERS')
    say({ room: { pending: 40, inHand: 2, deliveredSeq: 0, endSeq, perS: 4 } })
    await until('it is heard', async () => (await get('waiting-room')).known)
    const room = await get('waiting-room')
    expect(room).to.deep.include({ waiting: 40, perS: 4, busy: true })
    expect(room.oldest).to.deep.equal({ orderId: order.id, since: new Date(house.clock.now()).toISOString() })
    say({ room: { pending: 0, inHand: 0, deliveredSeq: endSeq, endSeq, perS: 4 } })
    await until('it is empty', async () => (await get('waiting-room')).waiting === 0)
    expect(await get('waiting-room')).to.deep.equal({ known: true, waiting: 0, perS: 4, busy: false })
    house.clock.advance(6_000)
    expect((await get('waiting-room')).known, 'after a silence').to.equal(false)
  })

  it('open orders by status and by cell, counted anew every two seconds at most', async () => {
    expect(await get('open-orders')).to.deep.equal({ byStatus: {}, cells: [] })
    const { body: first } = await house.place({ paymentKey: 'pk_test_1' })
    await house.place()
    expect((await get('open-orders')).byStatus, 'counted a moment ago').to.deep.equal({})
    house.clock.advance(2_000)
    const counted = await get('open-orders')
    expect(counted.byStatus).to.deep.equal({ placed: 1, paying: 1 })
    expect(counted.cells.map(({ cell, orders }: { cell: string; orders: number }) => [cell, orders])).to.deep.equal([[CELL, 2]])
    expect(counted.cells[0].lat).to.be.closeTo(37.5, 0.03)
    expect(counted.cells[0].lng).to.be.closeTo(127.03, 0.03)
    await house.call('POST', `/api/orders/${first.id}/cancel`, { as: customer1, body: {} })
    house.clock.advance(2_000)
    expect((await get('open-orders')).byStatus, 'its refund is on its way').to.deep.equal({ canceled: 1, paying: 1 })
    house.reads.down = true
    house.clock.advance(2_000)
    for (let i = 0; i < 2; i++) expect((await get('open-orders')).error.code).to.equal('READ_MODEL_UNAVAILABLE')
    house.reads.down = false
    expect((await get('open-orders')).byStatus, 'a failure is not kept').to.deep.equal({ canceled: 1, paying: 1 })
  })

  it('the figures of this gateway', async () => {
    const quiet = await get('figures')
    expect(quiet).to.include({ gateway: 'gateway-1', commandsPerS: 0, ordersPerS: 0 })
    expect(quiet).to.not.have.property('commandP50Ms')
    const { body } = await house.place({ paymentKey: 'pk_test_1' })
    await house.call('POST', `/api/orders/${body.id}/start-cooking`, { as: store1, body: {} }) // refused, and counted
    house.clock.advance(1_000)
    const seen = await get('figures')
    expect([seen.commandsPerS, seen.ordersPerS]).to.deep.equal([2, 1])
    expect(seen).to.have.property('commandP99Ms')
  })

  it('a breaker’s changes, newest first, with who and why', async () => {
    await house.register('breaker', 'confirm', {})
    const tell = (what: string, body: object) => house.call('POST', `/api/ops/breakers/confirm/${what}`, { as: ops1, body })
    expect((await tell('force', { state: 'open', reason: '카드사 점검' })).status).to.equal(200)
    house.clock.advance(1_000)
    expect((await tell('release', { reason: '점검 끝' })).status).to.equal(200)
    const changes = await get('breakers/confirm/history')
    expect(changes.map(({ state, by, reason, forced }: Record<string, unknown>) => [state, by, reason, forced])).to.deep.equal([
      ['closed', 'ops/ops-1', '점검 끝', false],
      ['open', 'ops/ops-1', '카드사 점검', true],
      ['closed', 'system/test', 'NEW', false],
    ])
    expect((await get('breakers/none/history')).error.code).to.equal('NOT_FOUND')
  })
})
