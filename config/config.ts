import { join } from 'node:path'
import { z } from 'zod'
import { objectionsTo, type Role } from './production.ts'
import { rings } from './rings.ts'
import { templatesField } from './templates.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const ms = z.coerce
  .number()
  .int()
  .min(1)
  .max(7 * 86_400_000)

const count = z.coerce.number().int().min(1).max(1_000_000)

/** Of a role of the database. Other letters than these would first have to be brought into one form (server/db/scram.ts). */
const rolePassword = z
  .string()
  .regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 letters, digits and signs of ASCII')
  .default('')

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text

/** Every setting, its range and its default. `*Ms` are milliseconds. */
const settings = z.object({
  NODE_ENV: z.enum(['development', 'production']).default('development'),
  /** The gateway's port. */
  PORT: port.default(8080),
  /** This process's own port for /healthz, /readyz and /metrics; 0 picks a free one. */
  HEALTH_PORT: port.default(0),
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:4222'),
  /** Files: whose certificates of NATS are believed; our own certificate and its key, where NATS wants one. Empty: none. */
  NATS_TLS_CA: z.string().default(''),
  NATS_TLS_CERT: z.string().default(''),
  NATS_TLS_KEY: z.string().default(''),
  /** Copies of each stream and bucket: 3 wherever NATS is a cluster of three or more. */
  NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  /** `yes`: production, too, may keep fewer than three copies. */
  ALLOW_SINGLE_NATS: z.enum(['', 'yes']).default(''),
  /** Only for those who work on it: the gateway and the projector, each by a role of its own, and migrate and seed as the owner of the tables. */
  DATABASE_URL: z.string().min(1).default('postgresql://baedal:baedal@127.0.0.1:5432/baedal'),
  /** For migrate alone, which makes the roles `baedal_web` and `baedal_projector` with them; empty: it makes none. */
  DATABASE_WEB_PASSWORD: rolePassword,
  DATABASE_PROJECTOR_PASSWORD: rolePassword,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** The collector of traces, `http://127.0.0.1:4318`; empty: nothing is traced. What else its client is to be told has OpenTelemetry's own names, OTEL_EXPORTER_OTLP_HEADERS among them. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  /** The share of requests that are traced. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(0.01),
  /** `parentbased_traceidratio`: whoever comes in with a trace of his own is followed, for gateways behind a proxy that begins traces. */
  OTEL_TRACES_SAMPLER: z.enum(['traceidratio', 'parentbased_traceidratio']).default('traceidratio'),
  /** Signs sessions: at least 32 characters. */
  JWT_SECRET: z.string().min(32, 'must have at least 32 characters'),
  /** Secrets that signed before, separated by spaces: sessions that they signed end when they would have ended. */
  JWT_FORMER_SECRETS: z
    .string()
    .default('')
    .transform(text => text.split(' ').filter(secret => secret !== ''))
    .refine(secrets => secrets.every(secret => secret.length >= 32), 'must have at least 32 characters each'),
  /** How long a token is good, minutes; a refresh token fetches the next one, days. */
  TOKEN_MINUTES: z.coerce.number().int().min(1).max(1_440).default(60),
  SESSION_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  /** Origins of pages that may ask from elsewhere, separated by spaces: `https://shop.example`. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(text => text.split(' ').filter(origin => origin !== ''))
    .refine(origins => origins.every(isOrigin), 'must be origins like https://shop.example'),
  /** Where the apps were built; empty: no pages are served. */
  APPS_DIR: z.string().default(join(import.meta.dirname, '..', 'dist', 'apps')),
  /** A MapLibre style of a map with streets, for the apps; empty: they draw their own without. */
  MAP_STYLE_URL: z.union([z.literal(''), z.url()]).default(''),
  /** Proxies of ours in front of the gateway: so many entries of X-Forwarded-For are to be believed, from the right. */
  PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests of one account in 10 s: what moves an order, positions, single reads, lists and searches. */
  LIMIT_ORDER: count.default(2_000),
  /** A phone that was deaf sends its whole way at once. */
  LIMIT_POSITION: count.default(20_000),
  LIMIT_READ: count.default(2_000),
  LIMIT_BROWSE: count.default(500),
  /** One address may ask as much as so many accounts: carriers put thousands of phones behind one. */
  LIMIT_ACCOUNTS_PER_ADDRESS: count.default(100),
  SOCKETS_PER_ACCOUNT: count.default(100),
  SOCKETS_PER_ADDRESS: count.default(20_000),
  TOSS_URL: z.url().default('https://api.tosspayments.com'),
  TOSS_SECRET_KEY: z.string().min(8),
  /** For the payment widget in a customer's browser; empty: none is shown. */
  TOSS_CLIENT_KEY: z.string().default(''),
  TOSS_TIMEOUT_MS: ms.default(5_000),
  SOLAPI_URL: z.url().default('https://api.solapi.com'),
  SOLAPI_API_KEY: z.string().min(4),
  SOLAPI_API_SECRET: z.string().min(8),
  SOLAPI_FROM: z
    .string()
    .regex(/^\d{8,11}$/, 'must be digits only')
    .default('0212345678'),
  /** The KakaoTalk channel. */
  SOLAPI_PF_ID: z.string().min(1).default('KA01PF000000000000000000000000'),
  /** Template ids by name, as JSON; see templates.ts. */
  SOLAPI_TEMPLATES: templatesField,
  SOLAPI_TIMEOUT_MS: ms.default(5_000),
  /** Messages begun in a second by one notifier; what is beyond waits. */
  SOLAPI_RATE_PER_S: z.coerce.number().int().min(1).max(10_000).default(50),
  /** The provider is slow when the 95th percentile of its last 20 calls is above this: SMS are left out. */
  SOLAPI_SLOW_MS: ms.default(2_000),
  /** News so old: SMS are left out; then all but the newest status of an order. */
  NOTIFY_NO_SMS_LAG_MS: ms.default(60_000),
  NOTIFY_NEWEST_ONLY_LAG_MS: ms.default(300_000),
  /** A provider that is slow for so long gets the newest status only. */
  NOTIFY_WORSE_MS: ms.default(60_000),
  /** So long all must be well before notifications resume by one step. */
  NOTIFY_RESUME_MS: ms.default(30_000),
  /** Our identity towards push services (VAPID, RFC 8292), all three or none; without it there is no web push. */
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(/^[\w-]{87}$/, 'must be 65 bytes in the base64 of URLs')
    .default(''),
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, 'must be 32 bytes in the base64 of URLs')
    .default(''),
  /** Whom a push service may write to: `mailto:` or `https:`. */
  VAPID_SUBJECT: z
    .string()
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/[^\s]+)$/, 'must begin with mailto: or https:')
    .default(''),
  WEB_PUSH_TIMEOUT_MS: ms.default(5_000),
  /** Where the stand-ins listen; empty outside development. */
  PSP_PORT: port.default(0),
  KAKAO_PORT: port.default(0),
  /** Where the stand-in for Solapi reports how messages ended; empty: nowhere. */
  KAKAO_WEBHOOK_URL: z.union([z.literal(''), z.url()]).default(''),
  /** Where Toss's stand-in tells of payments that moved; empty: nowhere. */
  PSP_WEBHOOK_URL: z.union([z.literal(''), z.url()]).default(''),
  /** Where the stand-ins keep their books, so that a provider does not forget; empty: nowhere. */
  STAND_IN_DIR: z.string().default(''),
  PAY_WINDOW_MS: ms.default(600_000),
  ACCEPT_WINDOW_MS: ms.default(600_000),
  CONFIRM_WINDOW_MS: ms.default(7_200_000),
  /** Between two calls for a store that has not looked at a new order. */
  ALERT_EVERY_MS: ms.default(30_000),
  /** From the acceptance until the kitchen must be done. */
  KITCHEN_WINDOW_MS: ms.default(10_800_000),
  /** From the end of cooking until a rider must have picked it up. */
  RIDER_WINDOW_MS: ms.default(3_600_000),
  /** From a claim until it must be picked up. */
  CLAIM_WINDOW_MS: ms.default(600_000),
  /** From the pick-up until it must be delivered. */
  DELIVER_WINDOW_MS: ms.default(10_800_000),
  /** How long a payment may wait for its turn; Toss forgets a customer's authentication after 10 min. */
  TICKET_WINDOW_MS: ms.max(600_000).default(540_000),
  /** From a declined payment until the provider is asked once more whether it holds a charge after all. */
  PAYMENT_VERIFY_MS: ms.default(900_000),
  /** How often what the provider has booked is compared with the orders. */
  PAYMENT_RECONCILE_MS: ms.default(60_000),
  /** Calls at once of one payment worker to one operation of the provider: the least, the most, and where it begins to find out. */
  PAYMENT_CALLS_LEAST: count.default(2),
  PAYMENT_CALLS_MOST: count.default(128),
  PAYMENT_CALLS_FIRST: count.default(16),
  /** A call that takes longer is slow, whatever is usual. */
  PAYMENT_SLOW_MS: ms.default(3_000),
  /** The breakers' thresholds: machines/breaker-figures.ts says what each of them means. Rates are shares, 0…1. */
  BREAKER_WINDOW_MS: ms.default(10_000),
  BREAKER_WINDOW_CALLS: count.default(32),
  BREAKER_MIN_CALLS: count.default(20),
  BREAKER_FAILURE_RATE: z.coerce.number().gt(0).max(1).default(0.5),
  BREAKER_SLOW_RATE: z.coerce.number().gt(0).max(1).default(0.6),
  BREAKER_HANGING_CALLS: count.default(5),
  BREAKER_HANGING_MS: ms.default(300),
  BREAKER_OPEN_MS: ms.default(2_000),
  BREAKER_LONGEST_OPEN_MS: ms.default(4_000),
  BREAKER_LEASE_MS: ms.default(6_000),
  BREAKER_PROBES: count.default(2),
  BREAKER_RAMP_MS: ms.default(1_000),
  BREAKER_CALM_MS: ms.default(60_000),
  /** Deliveries that raise a customer's grade. */
  GRADE_SILVER: count.default(5),
  GRADE_GOLD: count.default(20),
  GRADE_VIP: count.default(50),
  /** Deliveries one rider may have in hand, claimed or picked up. */
  RIDER_LIMIT: z.coerce.number().int().min(1).max(20).default(1),
  /** From this age on a rider's position is marked as stale, and from the next on it is not shown. */
  POSITION_STALE_MS: ms.default(15_000),
  POSITION_HIDDEN_MS: ms.default(60_000),
  /** How far an open delivery is offered as it grows older: `<metres>:<after milliseconds>` from near and soon to far and late. */
  DELIVERY_RINGS: rings.prefault('1000:0,3000:15000,5000:45000'),
  /** How long `POST /orders` and `/pay` wait for the payment before they answer with what is known. */
  PAYMENT_WAIT_MS: ms.default(3_000),
  COMMAND_DEADLINE_MS: ms.default(10_000),
  /** Tries of a payment call before it is left to operators: 64 take about half an hour. */
  PAYMENT_MAX_ATTEMPTS: count.default(64),
  /** The longest pause between two of them. */
  PAYMENT_RETRY_MAX_MS: ms.default(30_000),
})

const NATS_PAIR = ['NATS_TLS_CERT', 'NATS_TLS_KEY'] as const
const VAPID = ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'] as const
const GRADE_STEPS = [
  ['GRADE_SILVER', 'GRADE_GOLD'],
  ['GRADE_GOLD', 'GRADE_VIP'],
] as const
/** Who works with a secret. Nobody else is told: a process that was taken over gives away no more than its own. */
const SECRETS = {
  JWT_SECRET: ['web'],
  TOSS_SECRET_KEY: ['payments', 'psp'],
  SOLAPI_API_KEY: ['notifier', 'kakao'],
  SOLAPI_API_SECRET: ['notifier', 'kakao'],
} as const satisfies Partial<Record<keyof z.infer<typeof settings>, readonly Role[]>>

/** @param role undefined: needs all of them */
const schemaFor = (role?: Role) => {
  const notTold = Object.entries<readonly Role[]>(SECRETS).filter(([, roles]) => role !== undefined && !roles.includes(role))
  const absent = Object.fromEntries(notTold.map(([name]) => [name, z.string().default('')]))
  return settings.extend(absent as unknown as Pick<typeof settings.shape, keyof typeof SECRETS>).superRefine((given, context) => {
    const object = (name: string, message: string, beside = {}): void =>
      context.addIssue({ code: 'custom', path: [name], message, ...beside })
    const absentOf = (names: readonly (keyof typeof given)[]) => names.filter(name => given[name] === '')
    const [vapid, pair] = [absentOf(VAPID), absentOf(NATS_PAIR)]
    // A gateway tells browsers the public one, and signs nothing.
    if (role !== 'web' && vapid.length < VAPID.length) for (const name of vapid) object(name, 'is missing')
    if (pair.length === 1) for (const name of pair) object(name, 'is missing')
    for (const [lower, higher] of GRADE_STEPS)
      if (given[higher] <= given[lower]) object(higher, `must be above ${lower}`, { params: { lower } })
    if (given.NODE_ENV === 'production')
      for (const [name, message] of objectionsTo(given, role)) object(name, message, { params: { production: true } })
  })
}

export type Config = Readonly<z.infer<typeof settings>>

/** Their values are never repeated, not even in an error. */
const SECRET = /SECRET|KEY|URL|PASSWORD/

/**
 * Reads the whole configuration before anything is dialled.
 * @param role who reads: he must have his own secrets, and nobody else's
 * @throws Error with one line that names every wrong setting and what it must be
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>, role?: Role): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schemaFor(role).safeParse(given)
  if (parsed.success) return Object.freeze(parsed.data)
  const wrong = parsed.error.issues.map(({ path, message, ...issue }) => {
    const name = path.join('.')
    if ('params' in issue) return `${name} ${message}` // about one setting beside another, or in production
    if (given[name] === undefined) return `${name} is missing`
    return `${name}: ${message}${SECRET.test(name) ? '' : `, got ${JSON.stringify(given[name])}`}`
  })
  throw new Error(wrong.join('; '))
}
