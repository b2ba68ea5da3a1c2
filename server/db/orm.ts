import { MikroORM } from '@mikro-orm/postgresql'
import type { Logger } from 'pino'
import { ENTITIES } from './entities.ts'

/** A reader in a hurry is better served by an error: the log can answer what PostgreSQL cannot. */
const STATEMENT_TIMEOUT_MS = 5_000
const CONNECT_TIMEOUT_MS = 3_000
/** Over the statement's own limit: only a server that no longer answers at all reaches it. */
const SILENCE_MS = 2_000

export interface OrmOptions {
  /** `postgresql://user:password@host:port/database`, `?sslmode=…` included. */
  readonly databaseUrl: string
  /** Connections held at most, 1…100. */
  readonly poolMax: number
  /** Tables are looked for in this schema first, and then in `public`. Default: as the server says. */
  readonly schema?: string
  /** 0: no limit. Default 5,000 ms. */
  readonly statementTimeoutMs?: number
  /** Hears of connections that broke while nobody used them. */
  readonly logger?: Pick<Logger, 'warn'>
}

/**
 * Opens nothing yet: the first query connects, so a process starts while PostgreSQL is away, and each query fails on its own
 * within 3 s (no connection) or 5 s (no answer).
 */
export const openOrm = async ({
  databaseUrl,
  poolMax,
  schema,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
  logger,
}: OrmOptions): Promise<MikroORM> =>
  new MikroORM({
    entities: [...ENTITIES],
    clientUrl: databaseUrl,
    pool: { min: 0, max: poolMax, idleTimeoutMillis: 30_000 },
    driverOptions: {
      // MikroORM takes a URL apart and drops its parameters; the driver understands all of it.
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      ...(statementTimeoutMs > 0 ? { statement_timeout: statementTimeoutMs, query_timeout: statementTimeoutMs + SILENCE_MS } : {}),
      ...(schema === undefined ? {} : { options: `-c search_path=${schema},public` }),
      keepAlive: true,
      application_name: 'baedal',
    },
    // The default would look into pg_database, and so connect, before the first query.
    ensureDatabase: false,
    metadataCache: { enabled: false },
    colors: false,
    logger: message => logger?.warn(message),
  })
