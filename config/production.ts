/** What a process of a house is started for; `server/main.ts` has these roles. */
export type Role = 'web' | 'actors' | 'payments' | 'projector' | 'notifier' | 'psp' | 'kakao' | 'migrate' | 'seed'

/** Of all settings those that are looked at here. */
export interface Risky {
  readonly NATS_URL: string
  readonly NATS_TLS_CA: string
  readonly NATS_TLS_CERT: string
  readonly NATS_REPLICAS: number
  readonly ALLOW_SINGLE_NATS: string
  readonly DATABASE_URL: string
  readonly LOG_LEVEL: string
  readonly JWT_SECRET: string
  readonly JWT_FORMER_SECRETS: readonly string[]
  readonly TOSS_URL: string
  readonly TOSS_SECRET_KEY: string
  readonly TOSS_CLIENT_KEY: string
  readonly SOLAPI_URL: string
  readonly SOLAPI_FROM: string
  readonly SOLAPI_PF_ID: string
  readonly PSP_PORT: number
  readonly KAKAO_PORT: number
}

export type Objection = readonly [setting: keyof Risky, message: string]

/** A secret of fewer different characters was typed, not drawn. */
const LEAST_LETTERS = 12
/** With two copies, or one, the loss of a server is the loss of orders, or of their intake. */
const LEAST_REPLICAS = 3
const ENCRYPTED = ['require', 'verify-ca', 'verify-full']
/** As whom each comes to PostgreSQL (server/db/roles.ts): the owner of the tables could do anything to them. */
const DATABASE_USERS: Readonly<Partial<Record<Role, string>>> = { web: 'baedal_web', projector: 'baedal_projector' }
/** They come as the owner. */
const OWNERS: readonly (Role | undefined)[] = ['migrate', 'seed']

/**
 * What a data directory on a laptop may have, and a house that takes real money may not. Empty is good.
 * @param role undefined: somebody who reads the settings for none of them
 */
export const objectionsTo = (given: Risky, role?: Role): readonly Objection[] => [
  ...demoIn(given),
  ...natsOf(given),
  ...(role === 'notifier' ? senderOf(given) : []),
  ...(role !== undefined && (DATABASE_USERS[role] || OWNERS.includes(role)) ? databaseOf(given, role) : []),
  ...(['info', 'warn', 'error'].includes(given.LOG_LEVEL) ? [] : [['LOG_LEVEL', 'must be info, warn or error in production'] as const]),
]

const demoIn = (given: Risky): readonly Objection[] => [
  ...(['TOSS_SECRET_KEY', 'TOSS_CLIENT_KEY'] as const)
    .filter(name => given[name].startsWith('test_'))
    .map(name => [name, 'must not be a test key in production'] as const),
  ...(['TOSS_URL', 'SOLAPI_URL'] as const)
    .filter(name => !given[name].startsWith('https:'))
    .map(name => [name, 'must begin with https: in production'] as const),
  ...(['PSP_PORT', 'KAKAO_PORT'] as const)
    .filter(name => given[name] > 0)
    .map(name => [name, 'must be absent in production: stand-ins are for development'] as const),
  ...([given.JWT_SECRET, ...given.JWT_FORMER_SECRETS].some(secret => secret !== '' && new Set(secret).size < LEAST_LETTERS)
    ? [['JWT_SECRET', `must have at least ${LEAST_LETTERS} different characters in production`] as const]
    : []),
]

const natsOf = ({ NATS_URL, NATS_TLS_CA, NATS_TLS_CERT, NATS_REPLICAS, ALLOW_SINGLE_NATS }: Risky): readonly Objection[] => {
  const servers = NATS_URL.split(',').map(urlOf)
  // The client takes the name in the first of them for all; a certificate of its own may take its place.
  const named = NATS_TLS_CERT !== '' || (servers[0]?.username && servers[0].password)
  return [
    ...(named ? [] : [['NATS_URL', 'must name a user and a password in production: nats://gateway:…@host:4222'] as const]),
    ...(NATS_TLS_CA === '' && !servers.every(isLoopback)
      ? [['NATS_TLS_CA', 'must name the file of the certificates to believe in production, where NATS is on other machines'] as const]
      : []),
    ...(NATS_REPLICAS < LEAST_REPLICAS && ALLOW_SINGLE_NATS === ''
      ? [
          [
            'NATS_REPLICAS',
            `must be ${LEAST_REPLICAS} or more in production, or ALLOW_SINGLE_NATS=yes say that one disk is enough`,
          ] as const,
        ]
      : []),
  ]
}

/** Nobody's number and nobody's channel are the defaults of config/config.ts. */
const senderOf = ({ SOLAPI_FROM, SOLAPI_PF_ID }: Risky): readonly Objection[] => [
  ...(SOLAPI_FROM === '0212345678' ? [['SOLAPI_FROM', 'must be your own number in production'] as const] : []),
  ...(/^KA01PF0+$/.test(SOLAPI_PF_ID) ? [['SOLAPI_PF_ID', 'must be your own channel in production'] as const] : []),
]

const databaseOf = ({ DATABASE_URL }: Risky, role: Role): readonly Objection[] => {
  const url = urlOf(DATABASE_URL)
  const user = DATABASE_USERS[role]
  return [
    ...(user !== undefined && url?.username !== user
      ? [['DATABASE_URL', `must come as ${user} in production: the owner of the tables could do anything to them`] as const]
      : []),
    ...(!url?.password || url.password === 'baedal' ? [['DATABASE_URL', 'must bring a password of your own in production'] as const] : []),
    ...(isLoopback(url) || ENCRYPTED.includes(url?.searchParams.get('sslmode') ?? '')
      ? []
      : [['DATABASE_URL', 'must end in ?sslmode=verify-full in production, where PostgreSQL is on another machine'] as const]),
  ]
}

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

const isLoopback = (url: URL | undefined): boolean => url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
