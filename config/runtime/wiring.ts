import type { Secrets } from './secrets.ts'

/** The processes of ours, in the order in which they start. `web` comes last: it invites customers in. */
export const ROLES = ['psp', 'kakao', 'actors', 'projector', 'payments', 'notifier', 'web'] as const
export type Role = (typeof ROLES)[number]

/** Where everything of one house listens, on the loopback address but for `web`. */
export interface Ports {
  readonly web: number
  readonly nats: number
  readonly postgres: number
  readonly psp: number
  readonly kakao: number
  readonly health: Readonly<Record<Role, number>>
}

export interface Wiring {
  readonly ports: Ports
  readonly secrets: Secrets
  readonly natsUrl: string
  readonly databaseUrl: string
  readonly standInDir: string
  /** Wins over everything else. */
  readonly overrides: Readonly<Record<string, string>>
}

/** @param free ten ports; @param web the gateway's */
export const assignPorts = (web: number, free: readonly number[]): Ports => {
  const [nats = 0, postgres = 0, psp = 0, kakao = 0, ...rest] = free
  return {
    web,
    nats,
    postgres,
    psp,
    kakao,
    health: Object.fromEntries(ROLES.map((role, i) => [role, rest[i] ?? 0])) as Record<Role, number>,
  }
}
export const PORTS_NEEDED = 4 + ROLES.length

/** What config/config.ts reads, for one process; the surrounding environment may set whatever is not set here. */
export const environmentOf = (wiring: Wiring, healthPort: number): NodeJS.ProcessEnv => {
  const { ports, secrets } = wiring
  return {
    ...process.env,
    NODE_ENV: 'development',
    PORT: String(ports.web),
    HEALTH_PORT: String(healthPort),
    NATS_URL: wiring.natsUrl,
    DATABASE_URL: wiring.databaseUrl,
    JWT_SECRET: secrets.jwtSecret,
    TOSS_URL: standIn(ports.psp),
    TOSS_SECRET_KEY: secrets.tossSecretKey,
    SOLAPI_URL: standIn(ports.kakao),
    SOLAPI_API_KEY: secrets.solapiApiKey,
    SOLAPI_API_SECRET: secrets.solapiApiSecret,
    PSP_PORT: String(ports.psp),
    KAKAO_PORT: String(ports.kakao),
    STAND_IN_DIR: wiring.standInDir,
    ...wiring.overrides,
  }
}

export const standIn = (port: number): string => `http://127.0.0.1:${port}`
