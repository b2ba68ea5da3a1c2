import { jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection, PermissionViolationError } from '@nats-io/transport-node'
import { expect } from 'chai'
import { connectNats } from '../../actors/nats/connection.ts'
import { serversOf } from '../../actors/nats/servers.ts'
import { asUser, authorization, type NatsUser } from '../../config/runtime/nats-users.ts'
import { STREAMS } from '../../config/streams.ts'
import { OPS_REQUESTS, type OpsSubject } from '../../server/contract/ops-requests.ts'
import { startNats, type TestNats } from '../harness/nats.ts'

const SECRET = 'a secret of the tests, 32 letters'

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
    'inbox.order.1.o_x',
    'dead.x.order.o_x.1-0',
  ]

  const EXPECTED: Readonly<Record<NatsUser, readonly boolean[]>> = {
    admin: [true, true, true, true, true],
    actors: [true, true, true, true, true],
    gateway: [false, false, true, true, true],
    worker: [false, false, false, false, true],
    ops: [false, false, false, false, false],
    viewer: [false, false, false, false, false],
  }
  for (const [user, expected] of Object.entries(EXPECTED)) {
    it(`${user} writes what it has to, and nothing else`, async () => {
      const nc = await as(user as NatsUser)
      const seen: boolean[] = []
      for (const subject of WRITING) seen.push(await mayPublish(nc, subject))
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
    for (const user of ['worker', 'ops', 'viewer'] as const)
      expect(await mayPublish(await as(user), 'host.drain.host-1'), user).to.equal(false)
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

  it('lets whoever names none look on, and refuses a wrong password', async () => {
    const nobody = await connect({ servers: server.url })
    open.push(nobody)
    expect((await (await jetstreamManager(nobody)).streams.info('ORDERS')).config.name).to.equal('ORDERS')
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
