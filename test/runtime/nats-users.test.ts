import { jetstream } from '@nats-io/jetstream'
import { Kvm } from '@nats-io/kv'
import { connect, headers, type NatsConnection, PermissionViolationError } from '@nats-io/transport-node'
import { expect } from 'chai'
import { pino } from 'pino'
import type { Command } from '../../actors/envelope.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { serversOf } from '../../actors/nats/servers.ts'
import { readConfig } from '../../config/config.ts'
import { asUser, authorization, type NatsUser, passwordOf } from '../../config/runtime/nats-users.ts'
import { STREAMS } from '../../config/streams.ts'
import { OPS_REQUESTS, type OpsSubject } from '../../server/contract/ops-requests.ts'
import { openNats } from '../../server/roles/role.ts'
import { startNats, type TestNats } from '../harness/nats.ts'
import { until } from './rooms.ts'

const SECRET = 'a secret of the tests, 32 letters'
const NEEDED = { JWT_SECRET: SECRET, TOSS_SECRET_KEY: 'test_sk_1', SOLAPI_API_KEY: 'NCS1', SOLAPI_API_SECRET: 'secret-secret' }

describe('the users of NATS', () => {
  let server: TestNats
  const open: NatsConnection[] = []
  before(async () => {
    server = await startNats(authorization(SECRET))
    const nats = await connectNats({ url: asUser(server.url, 'admin', SECRET), name: 'test', streams: STREAMS })
    await nats.ensureStreams()
    await nats.close()
  })
  afterEach(async () => {
    for (const nc of open.splice(0)) await nc.close()
  })
  after(() => server[Symbol.asyncDispose]())

  const as = async (user: NatsUser): Promise<NatsConnection> => {
    const nc = await connect(serversOf(asUser(server.url, user, SECRET)))
    open.push(nc)
    return nc
  }
  /** Whether the server lets it pass: what it denies it says to the connection, after which a round trip tells that it has been looked at. */
  const may = async (nc: NatsConnection, act: (nc: NatsConnection) => void): Promise<boolean> => {
    const denied: unknown[] = []
    const statuses = nc.status()
    const listening = (async () => {
      for await (const status of statuses) if (status.type === 'error') denied.push(status.error)
    })()
    act(nc)
    await nc.flush()
    await nc.flush()
    const isDenied = denied.some(error => error instanceof PermissionViolationError)
    void listening
    return !isDenied
  }
  const mayPublish = (nc: NatsConnection, subject: string) => may(nc, () => nc.publish(subject, '{}'))
  const mayHear = (nc: NatsConnection, subject: string) =>
    may(nc, () => {
      nc.subscribe(subject, { callback: () => undefined })
    })

  const WRITING = [
    'evt.order.1.o_x.s.c',
    'out.delivery.c.o_x',
    'fx.confirmPayment.order.1.o_x.1-0',
    'due.order.1.o_x.1-0',
    'timer.order.1.o_x.1-0',
    'inbox.order.1.o_x',
    'dead.x.order.o_x.1-0',
    'dead.x.order.o_x.1-0.retry',
  ]

  const EXPECTED: Readonly<Record<NatsUser, readonly string[]>> = {
    admin: WRITING,
    actors: WRITING,
    gateway: ['inbox.order.1.o_x', 'dead.x.order.o_x.1-0.retry'],
    worker: ['dead.x.order.o_x.1-0'],
    ops: [],
    viewer: [],
  }
  for (const [user, expected] of Object.entries(EXPECTED)) {
    it(`${user} writes what it has to, and nothing else`, async () => {
      const nc = await as(user as NatsUser)
      const seen: string[] = []
      for (const subject of WRITING) if (await mayPublish(nc, subject)) seen.push(subject)
      expect(seen).to.deep.equal(expected)
    })
  }

  it('lets operators ask whatever they may do, and who looks on only what changes nothing', async () => {
    const subjects = Object.keys(OPS_REQUESTS) as OpsSubject[]
    const asked = async (user: NatsUser) => {
      const nc = await as(user)
      const may: string[] = []
      for (const subject of subjects) if (await mayPublish(nc, subject)) may.push(subject)
      return may
    }
    expect(await asked('ops')).to.deep.equal(subjects)
    expect(await asked('viewer')).to.have.members(subjects.filter(subject => !OPS_REQUESTS[subject].changes))
    expect(await asked('worker')).to.deep.equal([])
  })

  it('lets only gateways answer operators, and only hosts be told to leave', async () => {
    const hearing = async (subject: string) => {
      const may: string[] = []
      for (const user of ['actors', 'gateway', 'worker', 'ops', 'viewer'] as const)
        if (await mayHear(await as(user), subject)) may.push(user)
      return may
    }
    expect(await hearing('ops.breaker.force')).to.deep.equal(['actors', 'gateway'])
    expect(await hearing('host.drain.host-1')).to.deep.equal(['actors'])
    for (const subject of ['host.drain.host-1', 'log.level'])
      for (const user of ['worker', 'ops', 'viewer'] as const) expect(await mayPublish(await as(user), subject), user).to.equal(false)
    expect(await mayHear(await as('worker'), 'log.level')).to.equal(true)
  })

  it('lets no header carry what a gateway may write to where it may not', async () => {
    const nc = await as('gateway')
    const js = jetstream(nc)
    await new Kvm(js).create('sessions', { history: 1 })
    const scheduled = headers()
    scheduled.set('Nats-Schedule', '@at 2026-01-01T00:00:00Z') // past, so it would be delivered at once
    scheduled.set('Nats-Schedule-Target', 'evt.order.1.o_x.s.c')
    const purging = headers()
    purging.set('Nats-Scheduler', 'timer.order.1.o_x.1-0')
    purging.set('Nats-Schedule-Next', 'purge')
    for (const subject of ['inbox.order.1.o_x', 'dead.x.order.o_x.1-0.retry', 'intake.store-1.1', '$KV.sessions.x'])
      for (const each of [scheduled, purging]) {
        const said = await js.publish(subject, '{}', { headers: each }).catch(String)
        expect(said, subject).to.match(/message schedules is disabled/)
      }
  })

  it('lets nobody hear what another user has asked', async () => {
    for (const [user, deaf] of [
      ['actors', ['gateway', 'worker', 'ops', 'viewer']],
      ['gateway', ['worker', 'ops', 'viewer']],
      ['worker', ['gateway', 'ops', 'viewer']],
      ['ops', ['gateway', 'worker', 'viewer']],
    ] as const)
      for (const other of deaf) expect(await mayHear(await as(other), `_INBOX_${user}.>`), `${other} at ${user}`).to.equal(false)
    const heard: string[] = []
    const admin = await as('admin')
    admin.subscribe('_INBOX_gateway.>', { callback: (_error, { subject }) => void heard.push(subject) })
    await admin.flush()
    const nats = await connectNats({ url: asUser(server.url, 'gateway', SECRET), name: 'test', streams: STREAMS })
    await nats.wire.ask({ commandId: 'c', address: { kind: 'order', id: 'o_x' } } as Command, 50)
    await nats.log.oldest('evt.order.1.o_x.>')
    await nats.close()
    await until('a question of ours is answered in our own inbox', () => heard.length > 0)
  })

  it('has a process answer to an inbox and nowhere else, whoever asks and for what', async () => {
    const nats = await connectNats({ url: asUser(server.url, 'actors', SECRET), name: 'test', streams: STREAMS })
    const service = { name: 'actors', id: 'x', version: '1.0.0', description: '', metadata: {}, endpoints: [], now: Date.now }
    const serving = await nats.services.serve(service)
    const before = await nats.log.end('ORDERS')
    const viewer = await as('viewer')
    viewer.publish('$SRV.PING.actors', '', { reply: 'evt.order.1.o_x.s.c' })
    const answer = await viewer.request('$SRV.PING.actors', '', { timeout: 5_000 }) // after the one before
    expect(answer.json()).to.include({ name: 'actors' })
    expect(await nats.log.end('ORDERS')).to.equal(before)
    await serving.stop()
    await nats.close()
  })

  it('lets those who name no user ask nothing of JetStream, which would answer to any subject', async () => {
    const viewer = await as('viewer')
    for (const subject of ['$JS.API.INFO', '$JS.API.DIRECT.GET.ORDERS', '$JS.API.STREAM.INFO.ORDERS'])
      expect(await mayPublish(viewer, subject), subject).to.equal(false)
  })

  it('lets nobody but the house take a stream away, or make it another one', async () => {
    for (const user of ['actors', 'gateway', 'worker', 'ops', 'viewer'] as const) {
      const nc = await as(user)
      for (const act of ['DELETE', 'PURGE', 'UPDATE', 'CREATE'])
        expect(await mayPublish(nc, `$JS.API.STREAM.${act}.ORDERS`), `${user} ${act}`).to.equal(false)
    }
  })

  it('lets only hosts answer commands, and everybody hear what is committed', async () => {
    const answers = ['actors', 'gateway', 'worker', 'ops', 'viewer'] as const
    const seen: boolean[] = []
    for (const user of answers) seen.push(await mayHear(await as(user), 'cmd.order.1'))
    expect(seen).to.deep.equal([true, false, false, false, false])
    expect(await mayHear(await as('viewer'), 'live.evt.order.>')).to.equal(true)
  })

  it('is heard by whoever reads the log of a process, once for each subject', async () => {
    const lines: { readonly level: number; readonly operation?: string; readonly subject?: string }[] = []
    const logger = pino({}, { write: line => void lines.push(JSON.parse(line)) })
    const url = asUser(server.url, 'worker', SECRET)
    const nats = await openNats({ config: readConfig({ ...NEEDED, NATS_URL: url }), streams: STREAMS, logger }, 'test')
    for (const id of ['o_1', 'o_2', 'o_1', 'o_2', 'o_1']) nats.announce(`evt.order.1.${id}.s.c`, {})
    for (let i = 0; i < 2; i++) nats.hear('cmd.order.1', () => undefined)
    nats.announce('timer.order.1.the_last.1-0', {})
    await until('the last is told', () => lines.some(({ subject }) => subject?.startsWith('timer') === true))
    expect(lines.map(({ level, operation, subject }) => [level, operation, subject])).to.deep.equal([
      [40, 'publish', 'evt.order.1.o_1.s.c'],
      [40, 'publish', 'evt.order.1.o_2.s.c'],
      [40, 'subscription', 'cmd.order.1'],
      [40, 'publish', 'timer.order.1.the_last.1-0'],
    ])
    for (let i = 0; i < 200; i++) nats.announce(`evt.order.1.p_${i}.s.c`, {})
    await nats.log.end('ORDERS') // the server answers in order: by now it has said all it had to
    await until('as many are told as ever will be', () => lines.length >= 100)
    expect(lines).to.have.length(100)
    expect(JSON.stringify(lines)).to.not.include(passwordOf(SECRET, 'worker'))
    await nats.close()
  })

  it('lets whoever names none look on, and refuses a wrong password', async () => {
    const nobody = await connect({ servers: server.url })
    open.push(nobody)
    expect(await mayHear(nobody, 'live.evt.order.>')).to.equal(true)
    expect(await mayPublish(nobody, 'ops.order.get')).to.equal(true)
    for (const act of ['CREATE.ORDERS.mine', 'DELETE.ORDERS.timers', 'MSG.NEXT.ORDERS.timers'])
      expect(await mayPublish(nobody, `$JS.API.CONSUMER.${act}`), act).to.equal(false)
    expect(await mayPublish(nobody, '$JS.API.DIRECT.GET.KV_sessions')).to.equal(false)
    expect(await mayHear(nobody, 'pos.>')).to.equal(false)
    expect(await mayPublish(nobody, 'evt.order.1.o_x.s.c')).to.equal(false)
    const wrong = await connect({ servers: server.url, user: 'gateway', pass: 'guess', reconnect: false }).catch((error: Error) => error)
    expect(wrong).to.be.instanceOf(Error)
  })
})

describe('the URL of NATS', () => {
  it('brings a name and a password for all its servers, or none', () => {
    expect(serversOf('nats://a:1')).to.deep.equal({ servers: ['nats://a:1'] })
    expect(serversOf(asUser('nats://a:1,nats://b:2', 'worker', SECRET))).to.deep.include({
      servers: ['nats://a:1', 'nats://b:2'],
      user: 'worker',
    })
    expect(serversOf('nats://u:p%40ss@a:1')).to.deep.equal({ servers: ['nats://a:1'], user: 'u', pass: 'p@ss' })
  })
})

describe('the passwords of NATS', () => {
  it('are changed server by server, and nobody is left without one', async () => {
    const NEXT = 'the next secret of the tests, 32 letters'
    const [changed, ...unchanged] = await Promise.all([NEXT, SECRET, SECRET].map(secret => startNats(authorization(secret))))
    if (!changed) throw new Error('no server')
    try {
      const urls = [...unchanged, changed].map(({ url }) => url).join(',')
      const connectWith = (secret: string) => connectNats({ url: asUser(urls, 'gateway', secret), name: 'test', streams: [] })
      const before = await connectWith(SECRET)
      // Whatever server they ask first: the client goes through them in an order of its own.
      for (const nats of await Promise.all(Array.from({ length: 8 }, () => connectWith(NEXT)))) await nats.close()
      await unchanged[0]?.[Symbol.asyncDispose]()
      const heard: unknown[] = []
      before.hear('pos.test', (_subject, body) => heard.push(body))
      await until('who has the old one is at the server that still knows it', () => {
        if (before.connected) before.announce('pos.test', {})
        return heard.length > 0
      })
      await before.close()
    } finally {
      for (const each of [changed, ...unchanged]) await each[Symbol.asyncDispose]()
    }
  })
})
