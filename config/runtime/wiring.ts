import { asUser, type NatsUser, userOf } from './nats-users.ts'
import { databaseSettings } from './postgres-roles.ts'
import type { Secrets } from './secrets.ts'

/** The roles of ours, in the order in which they start. `web` comes last: it invites customers in. */
export const ROLES = ['psp', 'kakao', 'actors', 'projector', 'payments', 'notifier', 'web'] as const
export type Role = (typeof ROLES)[number]

/** How many of what may be several. */
export interface Staff {
  /** NATS servers: 1, 3 or 5. */
  readonly cluster: number
  /** Processes that host actors. */
  readonly hosts: number
  readonly payments: number
}

/** One process: a role, under a name of its own. */
export interface Member {
  readonly name: string
  readonly role: Role
}

/** `web`; or `actors-1`, `actors-2` … when there are several of one role. */
export const membersOf = ({ hosts, payments }: Staff): readonly Member[] =>
  ROLES.flatMap(role => namesOf(role, role === 'actors' ? hosts : role === 'payments' ? payments : 1).map(name => ({ name, role })))

const namesOf = (name: string, count: number): readonly string[] =>
  count === 1 ? [name] : Array.from({ length: count }, (_, i) => `${name}-${i + 1}`)

/** One NATS server. Alone it needs its client port only. */
export interface NatsPorts {
  readonly name: string
  readonly client: number
  readonly route: number
  readonly monitor: number
}

/** Where everything of one house listens, on the loopback address but for `web`. */
export interface Ports {
  readonly web: number
  readonly nats: readonly NatsPorts[]
  readonly postgres: number
  readonly psp: number
  readonly kakao: number
  /** By process name. */
  readonly health: Readonly<Record<string, number>>
}

export interface Wiring {
  readonly ports: Ports
  readonly secrets: Secrets
  readonly staff: Staff
  /** Of every server, comma separated. */
  readonly natsUrl: string
  /** Our own servers know users; what an outside one knows is in its URL. */
  readonly ownsNats: boolean
  /** Where one process finds NATS, when not at `natsUrl`: a proxy may stand between. */
  readonly natsUrlOf?: (process: string, natsUrl: string) => string
  /** As the owner of the tables. */
  readonly databaseUrl: string
  /** Our own server gets roles from us; on an outside one they are made by whoever brings their passwords. */
  readonly ownsPostgres: boolean
  readonly standInDir: string
  /** Wins over everything else. */
  readonly overrides: Readonly<Record<string, string>>
}

/** @param web the gateway's port @param take gives a free one at each call */
export const assignPorts = (web: number, staff: Staff, take: () => number): Ports => ({
  web,
  nats: namesOf('nats', staff.cluster).map(name => ({ name, client: take(), route: take(), monitor: take() })),
  postgres: take(),
  psp: take(),
  kakao: take(),
  health: Object.fromEntries(membersOf(staff).map(({ name }) => [name, take()])),
})
export const portsNeeded = (staff: Staff): number => 3 * staff.cluster + 3 + membersOf(staff).length

/** What config/config.ts reads, for one process; the surrounding environment may set whatever is not set here. */
export const environmentOf = (wiring: Wiring, name: string, role: Role | 'migrate' | 'seed', healthPort: number): NodeJS.ProcessEnv => {
  const { ports, secrets, staff } = wiring
  const user = userOf(role)
  return {
    ...process.env,
    NODE_ENV: 'development',
    PORT: String(ports.web),
    HEALTH_PORT: String(healthPort),
    NATS_URL: user && natsUrlFor(wiring, user, name),
    NATS_REPLICAS: String(replicasOf(staff)),
    ...databaseSettings(wiring, role),
    JWT_SECRET: secrets.jwtSecret,
    TOSS_URL: standIn(ports.psp),
    TOSS_SECRET_KEY: secrets.tossSecretKey,
    SOLAPI_URL: standIn(ports.kakao),
    SOLAPI_API_KEY: secrets.solapiApiKey,
    SOLAPI_API_SECRET: secrets.solapiApiSecret,
    VAPID_PUBLIC_KEY: secrets.vapidPublicKey,
    VAPID_PRIVATE_KEY: secrets.vapidPrivateKey,
    VAPID_SUBJECT: 'mailto:operations@baedal.example',
    PSP_PORT: String(ports.psp),
    KAKAO_PORT: String(ports.kakao),
    PSP_WEBHOOK_URL: `${standIn(ports.web)}/webhooks/toss`,
    KAKAO_WEBHOOK_URL: `${standIn(ports.web)}/webhooks/solapi`,
    STAND_IN_DIR: wiring.standInDir,
    ...wiring.overrides,
  }
}

/** Where one process finds NATS, and as whom. @param process by name, when a proxy may stand between */
export const natsUrlFor = ({ natsUrl, natsUrlOf, ownsNats, secrets }: Wiring, user: NatsUser, process?: string): string => {
  const url = process === undefined ? natsUrl : (natsUrlOf?.(process, natsUrl) ?? natsUrl)
  return ownsNats ? asUser(url, user, secrets.natsSecret) : url
}

/** Copies of each stream: three are enough, whatever the number of servers. */
export const replicasOf = ({ cluster }: Staff): number => Math.min(3, cluster)

export const standIn = (port: number): string => `http://127.0.0.1:${port}`
