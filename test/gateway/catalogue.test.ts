import { connect } from '@nats-io/transport-node'
import { expect } from 'chai'
import { Host } from '../../actors/host.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import type { Log } from '../../actors/log.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import { shardOf } from '../../actors/shards.ts'
import type { Wire } from '../../actors/wire.ts'
import { STREAMS } from '../../config/streams.ts'
import { Catalogue, storeViewOf } from '../../server/gateway/catalogue.ts'
import { systemClock } from '../harness/clock.ts'
import { until } from '../harness/house.ts'
import { startNats } from '../harness/nats.ts'

const AT = { lat: 37.5, lng: 127.03 }
const profile = (name: string) => ({
  ...AT,
  name,
  address: '서울 강남구 역삼로 1',
  phone: '0200000001',
  zone: 'Asia/Seoul',
  hours: Array.from({ length: 7 }, () => ({ open: '00:00', close: '00:00' })),
})
const items = [{ id: 'm-1', name: '후라이드', price: 18_000, soldOut: false, options: [] }]

const open = async (log: Log, wire: Wire, clock: ConstructorParameters<typeof Host>[0]['clock']) => {
  const host = new Host({ log, wire, clock, kinds: KINDS })
  await host.start()
  const router = new Router({ wire, now: Date.now, random: Math.random })
  let commands = 0
  const tell = async (kind: string, id: string, event: { type: string; [field: string]: unknown }): Promise<void> => {
    const by = { role: 'ops', id: 'test' } as const
    const reply = await router.ask({
      commandId: `c-${++commands}`,
      address: { kind, id },
      event,
      by,
      at: new Date(clock.now()).toISOString(),
    })
    if (reply.kind !== 'moved') throw new Error(`${kind}/${id}: ${JSON.stringify(reply)}`)
  }
  for (const id of ['store-1', 'store-2', 'store-3']) {
    await tell('store', id, { type: 'register', profile: profile(id) })
    await tell('menu', id, { type: 'register', items })
  }
  return { host, tell }
}

/** Writes something that is no record under an actor's own subject, so that it is the newest there. */
const damage = (log: Log, kind: string, id: string, body: unknown) => log.put(`evt.${kind}.${shardOf(id)}.${id}._`, body)

const DAMAGED: readonly (readonly [what: string, kind: 'store' | 'menu', body: unknown])[] = [
  ['nothing at all', 'store', {}],
  ['a word', 'store', 'hello'],
  ['a list', 'menu', []],
  ['a record without a state', 'store', { v: 1, id: 'store-2', version: 2 }],
  ['a store in no zone', 'store', { id: 'store-2', state: { value: 'open', context: { ...profile('x'), zone: 'Mars/Olympus' } } }],
  ['a store without hours', 'store', { id: 'store-2', state: { value: 'open', context: { ...profile('x'), hours: [] } } }],
  ['a store in no state', 'store', { id: 'store-2', state: { value: { a: 'b' }, context: profile('x') } }],
  ['a store nowhere', 'store', { id: 'store-2', state: { value: 'open', context: { ...profile('x'), lat: '37.5' } } }],
  ['a menu of no dishes', 'menu', { id: 'store-2', state: { context: { items: 'none' } } }],
  ['a menu that pays its customers', 'menu', { id: 'store-2', state: { context: { items: [{ ...items[0], price: -5_000 }] } } }],
  ['a menu with half a won', 'menu', { id: 'store-2', state: { context: { items: [{ ...items[0], price: 0.5 }] } } }],
  ['a record that is another store’s', 'store', { id: 'store-1', state: { value: 'closed', context: {} } }],
]

describe('the catalogue', () => {
  const clock = new HandClock(Date.parse('2026-11-22T03:00:00Z'))
  const now = () => clock.now()
  let log: MemoryLog
  let town: Awaited<ReturnType<typeof open>>
  const catalogues: Catalogue[] = []
  beforeEach(async () => {
    log = new MemoryLog({ clock, streams: STREAMS })
    town = await open(log, new MemoryWire(), clock)
  })
  afterEach(async () => {
    for (const catalogue of catalogues.splice(0)) await catalogue.stop()
    await town.host.drain()
  })
  const opened = async (onDamaged?: (record: { subject: string }) => void): Promise<Catalogue> => {
    const catalogue = await Catalogue.open({ log, now, ...(onDamaged ? { onDamaged } : {}) })
    catalogues.push(catalogue)
    return catalogue
  }
  const served = (catalogue: Catalogue): string[] =>
    catalogue.near(AT, 1_000).map(({ id, name, open }) => `${id} ${name} ${open ? 'open' : 'closed'} ${catalogue.store(id)?.menu.length}`)
  const ALL = ['store-1 store-1 open 1', 'store-2 store-2 open 1', 'store-3 store-3 open 1']

  for (const [what, kind, body] of DAMAGED) {
    it(`serves every store as it was, although ${what} was written, before it opened or after`, async () => {
      const met: string[] = []
      const early = await opened(({ subject }) => met.push(subject))
      await damage(log, kind, 'store-2', body)
      await until('the damaged record is met', () => met.length === 1)
      expect(served(early)).to.deep.equal(ALL)
      const late = await opened(({ subject }) => met.push(subject))
      expect(new Set(met)).to.deep.equal(new Set([`evt.${kind}.${shardOf('store-2')}.store-2._`]))
      expect(served(late)).to.deep.equal(ALL)
      await town.tell('store', 'store-3', { type: 'close' })
      for (const catalogue of [early, late]) await until('news go on', () => !served(catalogue).includes('store-3 store-3 open 1'))
    })
  }

  it('passes over a subject that names nobody, and an actor that never was sound', async () => {
    const met: string[] = []
    await log.put('evt.store.1', profile('x'))
    await damage(log, 'store', 'store-9', { state: {} })
    const catalogue = await opened(({ subject }) => met.push(subject))
    expect(met.slice(0, 2)).to.deep.equal(['evt.store.1', `evt.store.${shardOf('store-9')}.store-9._`])
    expect(served(catalogue)).to.deep.equal(ALL)
    expect(catalogue.store('store-9')).to.equal(undefined)
  })

  it('goes by the subject, whatever a record says of whose it is', async () => {
    const catalogue = await opened()
    await damage(log, 'store', 'store-2', { id: 'store-1', state: { value: 'closed', context: profile('renamed') } })
    await until('the record is read', () => catalogue.store('store-2')?.profile.name === 'renamed')
    expect(catalogue.store('store-1')?.profile.name).to.equal('store-1')
  })

  it('shows of a store what belongs to everybody', async () => {
    const catalogue = await opened()
    const push = { endpoint: 'https://push.example/1', keys: { p256dh: 'k', auth: 'a' } }
    await town.tell('store', 'store-1', { type: 'subscribePush', subscription: push })
    await town.tell('store', 'store-1', { type: 'pause', minutes: 5 })
    await until('the pause is seen', () => catalogue.store('store-1')?.standing.kind === 'paused')
    const store = catalogue.store('store-1')
    expect(store?.profile).not.to.have.any.keys('push', 'pausedUntil', 'id')
    expect(store && storeViewOf(store)).to.deep.equal({
      id: 'store-1',
      name: 'store-1',
      ...AT,
      open: false,
      paused: true,
      opensAt: '2026-11-22T03:05:00.000Z',
    })
  })
})

describe('the catalogue on JetStream', () => {
  it('is not stopped by anything that is written into its stream, JSON or not', async () => {
    await using server = await startNats()
    const nats = await connectNats({ url: server.url, name: 'catalogue', streams: STREAMS })
    await nats.ensureStreams()
    const town = await open(nats.log, nats.wire, systemClock)
    const met: number[] = []
    const options = { log: nats.log, now: Date.now, onDamaged: ({ seq }: { seq: number }) => void met.push(seq) }
    const early = await Catalogue.open(options)
    const stranger = await connect({ servers: server.url })
    stranger.publish(`evt.store.${shardOf('store-1')}.store-1._`, '{"no json') // the stream stores whatever comes under its subjects
    stranger.publish(`evt.menu.${shardOf('store-2')}.store-2._`, 'null')
    await stranger.drain()
    await until('both are met', () => met.length === 2)
    const late = await Catalogue.open(options)
    await town.tell('store', 'store-3', { type: 'update', name: 'renamed' })
    for (const catalogue of [early, late]) {
      await until('news go on', () => catalogue.store('store-3')?.profile.name === 'renamed')
      expect([catalogue.store('store-1')?.profile.name, catalogue.store('store-2')?.menu.length]).to.deep.equal(['store-1', 1])
      await catalogue.stop()
    }
    await town.host.drain()
    await nats.close()
  })
})
