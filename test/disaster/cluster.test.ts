import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { expect } from 'chai'
import { KINDS } from '../../actors/kinds/all.ts'
import { HOSTS, type HostSign } from '../../actors/membership.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { streamsOf } from '../../config/streams.ts'
import type { MessageRecord } from '../../server/contract/messages.ts'
import { verify } from '../../server/db/verify.ts'
import { restore } from '../../server/restoring/restoring.ts'
import { appendAll } from '../consumers/orders-log.ts'
import { lives, projectorsOf } from '../consumers/read-town.ts'
import { NOON } from '../db/order-story.ts'
import { ReadModel } from '../db/read-model.ts'
import { until } from '../harness/house.ts'
import { NAMES, NatsTrio, type Node } from './nats-trio.ts'

const ORDERS = 40
const DAY_MS = 86_400_000

/** A cluster of three, every write on all of them, and the archive of what was written. Leaders that fall are the chaos runs' matter. */
describe('one of three servers of the log', function () {
  this.timeout(120_000)
  let trio: NatsTrio
  let nats: Nats
  let model: ReadModel
  let one: Node
  let other: Node
  let written = 0

  const open = (url: string) => connectNats({ url, name: 'test', streams: streamsOf(3), replicas: 3 })

  before(async () => {
    trio = await NatsTrio.open()
    const opened = await open(trio.url)
    await opened.ensureStreams()
    const { leader, followers } = await trio.standing(['ORDERS', 'ENTITIES'])
    await opened.close()
    ;[one, other] = followers
    nats = await open(trio.urlOf(leader)) // whoever asks at a server that falls waits for an answer in vain
    model = await ReadModel.open('trio')
    await write(ORDERS)
    await archived()
  })
  after(async () => {
    await nats?.close()
    await model?.[Symbol.asyncDispose]()
    await trio?.[Symbol.asyncDispose]()
  })

  const archived = async (): Promise<void> => {
    const projectors = await projectorsOf(nats.log, model)
    await until('all of it is archived', async () => (await model.read.position('ORDERS')) === (await nats.log.end('ORDERS')))
    await Promise.all(projectors.map(projector => projector.stop()))
  }
  const write = async (orders: number): Promise<void> => {
    await appendAll(nats.log, lives(written, written + orders))
    written += orders
  }
  const compare = async (): Promise<readonly string[]> => {
    const { differences, servers } = await verify({
      databaseUrl: model.databaseUrl,
      log: nats.log,
      copies: (stream, upTo) => nats.log.copies(stream, upTo),
      streams: [{ name: 'ORDERS', maxAgeMs: 3 * DAY_MS }],
      now: () => NOON,
      tell: () => undefined,
    })
    expect(servers.ORDERS).to.deep.equal(['nats-1', 'nats-2', 'nats-3'])
    return differences.shown.map(({ what, how }) => `${what}: ${how}`)
  }
  /** A server that has come back may still be fetching what it missed. */
  const alike = () => until('the three copies and the archive are alike', async () => (await compare()).length === 0)
  const block = (node: Node): string => trio.blocksOf(node, 'ORDERS')[0] ?? ''
  const flipBits = (file: string): void => {
    const bytes = readFileSync(file)
    for (const share of [0.3, 0.5, 0.7]) {
      const at = Math.floor(bytes.length * share)
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
    }
    writeFileSync(file, bytes)
  }
  const cutOff = (file: string): void => truncateSync(file, Math.floor(statSync(file).size * 0.6))
  /** What an operator does with a server whose disk is damaged: it gets everything from the others. */
  const begunAnew = async (node: Node): Promise<void> => {
    await trio.end(node)
    await rm(trio.homeOf(node), { recursive: true })
    await trio.start(node)
  }

  it('that loses its disk gets everything back from the others, which take orders meanwhile', async () => {
    await trio.fall(other)
    await rm(trio.homeOf(other), { recursive: true })
    await write(3)
    await trio.start(other)
    await alike()
  })

  it('that was killed, and whose files were harmed, is given what is wrong by the others', async () => {
    await trio.fall(one)
    flipBits(block(one))
    cutOff(block(one))
    await write(3)
    await trio.start(one)
    await alike()
  })

  it('that was stopped in order is given it, too, for it begins without its indexes', async () => {
    await trio.end(one)
    flipBits(block(one))
    cutOff(block(one))
    await trio.start(one)
    await alike()
  })

  // With its indexes it does not look at its files, and does not ask the others (2.15.1).
  for (const [harm, harmed] of [
    ['bits flipped', (file: string) => flipBits(file)],
    ['a file cut off', (file: string) => cutOff(file)],
  ] as const)
    it(`that believes its indexes and has ${harm} is found by the comparison, and mended by the others`, async () => {
      await trio.end(other)
      harmed(block(other))
      await trio.start(other, { asItIs: true })
      const found = (await compare()).filter(line => line.startsWith('ORDERS on '))
      expect(found).to.have.length(1)
      expect(found[0]).to.match(new RegExp(`^ORDERS on ${other}: \\d+ records are not as the other servers have them, the first at \\d+`))
      await begunAnew(other)
      await alike()
    })

  it('and the two others, which all lose their disks, are given everything back by the archive', async () => {
    await archived()
    for (const node of NAMES) await trio.fall(node)
    for (const node of NAMES) await rm(trio.homeOf(node), { recursive: true })
    await Promise.all(NAMES.map(node => trio.start(node)))
    await until('the streams are there', () =>
      nats.ensureStreams().then(
        () => true,
        () => false,
      ),
    )
    const restored = await restore({
      databaseUrl: model.databaseUrl,
      log: nats.log,
      fullness: () => nats.log.fullness(),
      hosts: await nats.bucket<HostSign>(HOSTS.name, HOSTS),
      book: await nats.bucket<MessageRecord>('messages', { ttlMs: 60_000, storage: 'memory' }),
      kinds: KINDS,
      mode: 'whole',
      now: Date.now,
      tell: () => undefined,
      signal: new AbortController().signal,
    })
    expect(restored).to.deep.include({ kind: 'restored', actors: { order: written }, unarchived: [] })
    await alike()
  })
})
