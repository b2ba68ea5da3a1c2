import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Reply } from '../../actors/envelope.ts'
import { Host } from '../../actors/host.ts'
import { type HostSign, MEMBERSHIP_TTL_MS } from '../../actors/membership.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import { SHARDS } from '../../actors/shards.ts'
import { systemClock } from '../harness/clock.ts'
import { until } from '../harness/house.ts'
import { startNats, type TestNats } from '../harness/nats.ts'
import { KETTLE_STREAMS, kettleKind } from './kettle.ts'

describe('many hosts', function () {
  this.timeout(60_000)
  let server: TestNats
  let nats: Nats
  let router: Router
  let ids = 0
  const children: ChildProcess[] = []
  const hosts: Host[] = []

  before(async () => {
    server = await startNats()
    nats = await connectNats({ url: server.url, name: 'hosts test', streams: KETTLE_STREAMS })
    await nats.ensureStreams()
    router = new Router({ wire: nats.wire, now: () => Date.now(), random: Math.random })
  })
  after(async () => {
    await nats.close()
    await server[Symbol.asyncDispose]()
  })
  afterEach(async () => {
    for (const child of children.splice(0)) await end(child, 'SIGKILL')
    for (const host of hosts.splice(0)) await host.drain()
  })

  const openHost = async (name: string): Promise<Host> => {
    const bucket = await nats.bucket<HostSign>('hosts', { ttlMs: MEMBERSHIP_TTL_MS, storage: 'memory' })
    const host = new Host({
      log: nats.log,
      wire: nats.wire,
      clock: systemClock,
      kinds: [kettleKind],
      members: { name, bucket, signals: nats },
    })
    hosts.push(host)
    await host.start()
    return host
  }
  const spawnHost = async (name: string): Promise<ChildProcess> => {
    const script = join(import.meta.dirname, 'fixtures', 'host-process.ts')
    const child = spawn(process.execPath, [script, server.url, name], { stdio: ['pipe', 'pipe', 'inherit'] })
    children.push(child)
    if (child.stdout) await once(child.stdout, 'data')
    return child
  }
  const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGCONT')
    child.kill(signal)
    await gone
  }
  const tell = (id: string, type: string, commandId = `${type}-${++ids}`): Promise<Reply> =>
    router.ask(
      { commandId, address: { kind: 'kettle', id }, event: { type }, by: { role: 'ops', id: 'cook' }, at: new Date().toISOString() },
      20_000,
    )
  const kettles = async (count: number): Promise<string[]> => {
    const fresh = Array.from({ length: count }, () => `k_hosts_${++ids}`)
    const replies = await Promise.all(fresh.map(id => tell(id, 'fill')))
    expect(replies.every(({ kind }) => kind === 'moved')).to.equal(true)
    return fresh
  }
  /** Pours into every kettle again and again while `during` goes on; every answer counts. */
  const pourWhile = async (ids: readonly string[], during: () => Promise<void>): Promise<Map<string, Reply[]>> => {
    let over = false
    const done = during().finally(() => {
      over = true
    })
    const answers = new Map<string, Reply[]>()
    await Promise.all(
      ids.map(async id => {
        const own: Reply[] = []
        answers.set(id, own)
        while (!over) own.push(await tell(id, 'pour'))
        own.push(await tell(id, 'pour'))
      }),
    )
    await done
    return answers
  }
  const expectEveryPourCounted = async (answers: ReadonlyMap<string, readonly Reply[]>): Promise<void> => {
    for (const [id, replies] of answers) {
      expect([...new Set(replies.map(reply => (reply.kind === 'moved' ? 'moved' : JSON.stringify(reply))))]).to.deep.equal(['moved'])
      const history = await nats.log.history({ kind: 'kettle', id })
      expect(history.map(({ body }) => body.version)).to.deep.equal(history.map((_, i) => i + 1))
      expect(history.at(-1)?.body.state.context.cups).to.equal(replies.length)
    }
  }

  it('share the shards among them, each held by one', async () => {
    const three = [await openHost('host-a'), await openHost('host-b'), await openHost('host-c')]
    await until('every shard is held once', () => {
      const held = three.flatMap(({ shards }) => shards)
      return held.length === SHARDS && new Set(held).size === SHARDS
    })
    for (const { shards } of three) expect(shards.length).to.be.greaterThan(0)
  })

  it('come and go without one failed command', async () => {
    await openHost('host-d')
    const pots = await kettles(12)
    const answers = await pourWhile(pots, async () => {
      const second = await openHost('host-e')
      await until('the second has seats', () => second.shards.length > 0)
      const third = await openHost('host-f')
      await until('the third has seats', () => third.shards.length > 0)
      await second.drain()
      await third.drain()
    })
    await expectEveryPourCounted(answers)
  })

  it('take over from one that was killed, and lose nothing it had answered', async () => {
    const doomed = await spawnHost('host-g')
    const pots = await kettles(8)
    const heir = await openHost('host-h')
    const answers = await pourWhile(pots, async () => {
      await until('both have seats', () => heir.shards.length > 0 && heir.shards.length < SHARDS)
      await end(doomed, 'SIGKILL')
      await until('the heir has every seat', () => heir.shards.length === SHARDS)
    })
    await expectEveryPourCounted(answers)
  })

  it('are kept apart by the log when one wakes from a long sleep and believes it still owns its actors', async () => {
    const sleeper = await spawnHost('host-i')
    const pots = await kettles(8)
    for (const id of pots) await tell(id, 'pour') // now the sleeper has them all in memory
    sleeper.kill('SIGSTOP')
    const heir = await openHost('host-j')
    await until('the heir has every seat', () => heir.shards.length === SHARDS)
    for (const id of pots) expect(await tell(id, 'heat')).to.deep.include({ kind: 'moved', version: 3 })
    sleeper.kill('SIGCONT')
    // In its old copy nothing is heated yet, and `stop` would be refused; nobody may hear that.
    const replies = await Promise.all(pots.flatMap(id => [tell(id, 'stop'), tell(id, 'stop')]))
    const kinds = (id: string, i: number) => [replies[2 * i], replies[2 * i + 1]].map(reply => `${id} ${reply?.kind}`).sort()
    for (const [i, id] of pots.entries()) expect(kinds(id, i)).to.deep.equal([`${id} moved`, `${id} refused`])
    for (const id of pots) {
      const history = await nats.log.history({ kind: 'kettle', id })
      expect(history.map(({ body }) => body.event.type)).to.deep.equal(['fill', 'pour', 'heat', 'stop'])
    }
  })
})
