import { globSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { jetStreamConfig, writeConfig } from './nats-server.ts'
import type { Service } from './processes.ts'
import { answersOk } from './role.ts'
import { type NatsPorts, standIn } from './wiring.ts'

export interface ClusterOptions {
  readonly binary: string
  /** Ours alone; each server has a directory of its own below. */
  readonly dir: string
  readonly nodes: readonly NatsPorts[]
  /** By which the servers know each other. */
  readonly routePassword: string
  /** Its users, as nats-server reads them; absent: anybody may do anything. */
  readonly authorization?: string
}

/** Several nats-servers as one cluster, for development: on the loopback address, with routes between all of them. */
export const natsCluster = ({ binary, dir, nodes, routePassword, authorization = '' }: ClusterOptions): readonly Service[] =>
  nodes.map(node => {
    const home = join(dir, node.name)
    const config = join(home, 'nats.conf')
    return {
      name: node.name,
      command: binary,
      args: ['--config', config],
      cwd: dir,
      env: process.env,
      stopSignal: 'SIGTERM',
      endsWithParent: false,
      prepare: async () => {
        mkdirSync(home, { recursive: true })
        forgetIndexes(join(home, 'jetstream'))
        writeConfig(config, nodeConfig(node, nodes, routePassword, join(home, 'jetstream')) + authorization)
      },
      // Says yes when the cluster has a leader and this server has caught up with every stream it holds.
      isReady: () => answersOk(`${standIn(node.monitor)}/healthz`),
    }
  })

/**
 * A server that has the indexes which it wrote when it was stopped believes them: files that were cut off or had bits flipped meanwhile are not
 * looked at, and not fetched from the others (2.15.1). Without them it reads its files as after a crash, and gets from the others what is
 * wrong with them. Alone it has no others, so there they stay.
 */
const forgetIndexes = (storeDir: string): void => {
  for (const index of globSync(join(storeDir, 'jetstream', '*', 'streams', '*', 'msgs', 'index.db'))) rmSync(index)
}

const nodeConfig = (
  node: NatsPorts,
  nodes: readonly NatsPorts[],
  routePassword: string,
  storeDir: string,
): string => `# Written at every start.
server_name: ${JSON.stringify(node.name)}
listen: "127.0.0.1:${node.client}"
http: "127.0.0.1:${node.monitor}"
max_payload: 1MB
cluster {
  name: baedal
  listen: "127.0.0.1:${node.route}"
  authorization { user: route, password: ${JSON.stringify(routePassword)} }
  # Clients know every server from NATS_URL; what the servers would tell them leads around a proxy.
  no_advertise: true
  routes: [${nodes.map(({ route }) => `"nats://route:${routePassword}@127.0.0.1:${route}"`).join(', ')}]
}
${jetStreamConfig(storeDir)}`
