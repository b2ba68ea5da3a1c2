import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@nats-io/transport-node'
import { findNats } from '../../config/runtime/nats-binary.ts'
import { natsCluster } from '../../config/runtime/nats-cluster.ts'
import { freePorts } from '../../config/runtime/ports.ts'
import { type Service, Supervised } from '../../config/runtime/processes.ts'
import { type NatsPorts, standIn } from '../../config/runtime/wiring.ts'
import { until } from '../harness/house.ts'
import { ROOT } from '../house/sources.ts'

export const NAMES = ['nats-1', 'nats-2', 'nats-3'] as const
export type Node = (typeof NAMES)[number]
const never = new AbortController().signal

/** Three nats-servers as one cluster, each of which can fall and come back to whatever is on its disk. */
export class NatsTrio implements AsyncDisposable {
  /** Of all three. */
  readonly url: string
  readonly dir: string
  readonly #services: ReadonlyMap<string, Service>
  readonly #nodes: readonly NatsPorts[]
  readonly #running = new Map<string, Supervised>()

  private constructor(dir: string, services: readonly Service[], nodes: readonly NatsPorts[]) {
    this.dir = dir
    this.#services = new Map(services.map(service => [service.name, service]))
    this.#nodes = nodes
    this.url = nodes.map(({ name }) => this.urlOf(name as Node)).join(',')
  }

  static async open(): Promise<NatsTrio> {
    const dir = mkdtempSync(join(tmpdir(), 'baedal-trio-'))
    const binary = await findNats({ path: process.env.PATH ?? '', cacheDir: join(ROOT, '.cache'), say: () => {}, signal: never })
    const ports = await freePorts(9, Math.random)
    const nodes = NAMES.map((name, i) => ({
      name,
      client: ports[3 * i] ?? 0,
      route: ports[3 * i + 1] ?? 0,
      monitor: ports[3 * i + 2] ?? 0,
    }))
    const services = natsCluster({ binary, dir, nodes, routePassword: 'only-for-tests' })
    const trio = new NatsTrio(dir, services, nodes)
    await Promise.all(NAMES.map(name => trio.start(name)))
    return trio
  }

  urlOf(node: Node): string {
    return `nats://127.0.0.1:${this.#nodes.find(({ name }) => name === node)?.client}`
  }

  /**
   * Answers when the server has caught up with every stream that it holds.
   * @param asItIs as whoever starts nats-server and nothing else: with the indexes that it wrote when it was stopped
   */
  async start(node: Node, { asItIs = false } = {}): Promise<void> {
    const service = this.#services.get(node)
    if (!service) throw new Error(`no server ${node}`)
    const { prepare: _prepare, ...bare } = service
    const server = new Supervised(asItIs ? bare : service, { rooms: { logs: this.dir, run: this.dir }, now: Date.now, say: () => {} })
    this.#running.set(node, server)
    await server.start(never)
  }

  /**
   * Has the leader of the cluster lead these streams, too, so that the others can fall without an election.
   */
  async standing(streams: readonly string[]): Promise<{ readonly leader: Node; readonly followers: readonly [Node, Node] }> {
    const jsz = (await (await fetch(`${standIn(this.#nodes[0]?.monitor ?? 0)}/jsz`)).json()) as {
      readonly meta_cluster: { readonly leader: Node }
    }
    const { leader } = jsz.meta_cluster
    const nc = await connect({ servers: this.urlOf(leader) })
    const question = JSON.stringify({ placement: { preferred: leader } })
    for (const stream of streams)
      await until(`${leader} leads ${stream}`, async () => {
        const answer = await nc.request(`$JS.API.STREAM.LEADER.STEPDOWN.${stream}`, question).catch(() => undefined)
        return answer?.string().includes('is already leader') ?? false
      })
    await nc.close()
    const [one, other] = NAMES.filter(name => name !== leader)
    return { leader, followers: [one ?? leader, other ?? leader] }
  }

  /** Killed, and not started again. */
  async fall(node: Node): Promise<void> {
    await this.#running.get(node)?.stop(0)
    this.#running.delete(node)
  }

  /** Stopped in order, which writes down where each stream stood. */
  async end(node: Node): Promise<void> {
    await this.#running.get(node)?.stop()
    this.#running.delete(node)
  }

  /** Of one server: all that it has on its disk. */
  homeOf(node: Node): string {
    return join(this.dir, node, 'jetstream')
  }

  /** The files in which a server keeps the messages of a stream. */
  blocksOf(node: Node, stream: string): string[] {
    return readdirSync(this.homeOf(node), { recursive: true, encoding: 'utf8' })
      .filter(path => path.includes(`/streams/${stream}/msgs/`) && path.endsWith('.blk'))
      .sort()
      .map(path => join(this.homeOf(node), path))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.values()].map(server => server.stop(0)))
    rmSync(this.dir, { recursive: true, force: true })
  }
}
