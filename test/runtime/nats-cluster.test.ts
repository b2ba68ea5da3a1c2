import { join } from 'node:path'
import { expect } from 'chai'
import { connectNats } from '../../actors/nats/connection.ts'
import { findNats } from '../../config/runtime/nats-binary.ts'
import { natsCluster } from '../../config/runtime/nats-cluster.ts'
import { freePorts } from '../../config/runtime/ports.ts'
import { Supervised } from '../../config/runtime/processes.ts'
import { assignPorts } from '../../config/runtime/wiring.ts'
import { streamsOf } from '../../config/streams.ts'
import { never, surroundings, temporary, until } from './rooms.ts'

const CACHE = join(import.meta.dirname, '..', '..', '.cache')
const STAFF = { cluster: 3, hosts: 1, payments: 1 }

describe('a cluster of three nats-servers', () => {
  it('keeps what it acknowledged, and goes on, when one of them is killed', async function () {
    this.timeout(120_000)
    using dir = temporary()
    const binary = await findNats({ path: process.env.PATH ?? '', cacheDir: CACHE, say: () => {}, signal: never })
    const free = await freePorts(40, Math.random)
    const { nats: nodes } = assignPorts(0, STAFF, () => free.pop() ?? 0)
    const servers = natsCluster({ binary, dir: dir.path, nodes, routePassword: 'only-for-tests' }).map(
      service => new Supervised(service, surroundings(dir.path)),
    )
    try {
      await Promise.all(servers.map(server => server.start(never)))
      const url = nodes.map(({ client }) => `nats://127.0.0.1:${client}`).join(',')
      const nats = await connectNats({ url, name: 'cluster test', streams: streamsOf(3), replicas: 3 })
      await nats.ensureStreams()
      await nats.log.put('out.delivery.cell.before', { open: true })
      servers[0]?.kill('SIGKILL')
      const put = (): Promise<boolean> =>
        nats.log.put('out.delivery.cell.after', { open: true }).then(
          () => true,
          () => false,
        )
      await until('two of three take a write', put)
      const found: string[] = []
      for await (const { subject } of nats.log.newest('out.delivery.cell.*')) found.push(subject)
      expect(found.sort()).to.deep.equal(['out.delivery.cell.after', 'out.delivery.cell.before'])
      await nats.close()
    } finally {
      await Promise.all(servers.map(server => server.stop()))
    }
  })
})
