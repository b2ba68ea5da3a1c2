import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../../actors/log.ts'
import { DRAFT, dropDraft, exchange, indexDraft, makeDraft } from '../db/draft.ts'
import { type NativePool, nativePool, type Session } from '../db/native-pool.ts'
import { openOrm } from '../db/orm.ts'
import type { StretchWriter } from '../db/stretch-writer.ts'
import { takeTurn } from '../db/turn.ts'
import { WholeLog } from '../db/whole-log.ts'
import { OrderWriter } from '../db/write-orders.ts'
import { EntityWriter } from '../db/write-stores.ts'
import { Projector, type ProjectorLogger } from './projector.ts'

export interface RebuildOptions {
  readonly databaseUrl: string
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Hears what is being done, one line each. */
  readonly tell: (line: string) => void
  /** Ends the rebuild early; the old read model stays. */
  readonly signal: AbortSignal
}

/** `busy`: another rebuild is under way. `held`: somebody held the old tables all the time, so nothing was exchanged. */
export type Rebuilt =
  | { readonly kind: 'rebuilt'; readonly orders: number; readonly steps: number; readonly stores: number }
  | { readonly kind: 'busy' | 'held' }

/** One stream from its first day, and the writer that knows the draft's tables by the names of the old ones. */
interface Source {
  readonly name: string
  readonly whole: WholeLog
  readonly write: StretchWriter<unknown>
}

type Around = Pick<RebuildOptions, 'now' | 'tell' | 'signal'>

const CONNECTIONS = 5
const LOOK_EVERY_MS = 100
const TELL_EVERY_MS = 1_000
const TRIES = 30

/**
 * Builds the read model anew beside the one that is read, from the archive and then the log, and puts it in its place, while orders
 * and the projector go on. The archive stays as it is.
 * @throws when PostgreSQL or the log is away, or `signal` fires: the old read model stays
 */
export const rebuild = async ({ databaseUrl, log, now, tell, signal }: RebuildOptions): Promise<Rebuilt> => {
  const connections = { databaseUrl, poolMax: CONNECTIONS, statementTimeoutMs: 0 }
  await using orm = await openOrm(connections)
  await using draft = await openOrm({ ...connections, schema: DRAFT })
  const taken = new AbortController()
  const turn = await takeTurn(orm, DRAFT, taken.signal, () => taken.abort()).catch((error: unknown) => {
    if (taken.signal.aborted) return undefined
    throw error
  })
  if (!turn) return { kind: 'busy' }
  const pool = await nativePool(orm)
  try {
    await makeDraft(pool)
    const writing = { archives: false, turn: DRAFT }
    const whole = { log, pool }
    const sources: readonly Source[] = [
      {
        name: 'orders',
        whole: await WholeLog.open({ ...whole, stream: 'ORDERS', kinds: ['order'] }),
        write: new OrderWriter(draft, writing),
      },
      {
        name: 'stores',
        whole: await WholeLog.open({ ...whole, stream: 'ENTITIES', kinds: ['store', 'menu'] }),
        write: new EntityWriter(draft, writing),
      },
    ]
    return await build(pool, sources, { now, tell, signal: AbortSignal.any([signal, turn.lost]) })
  } finally {
    await dropDraft(pool).catch(() => undefined) // the next rebuild begins with that, too
    await turn.release()
  }
}

const build = async (pool: NativePool, sources: readonly Source[], around: Around): Promise<Rebuilt> => {
  const { tell, signal } = around
  await fill(sources, around)
  tell('making the indexes')
  await within(pool, signal, indexDraft)
  await fill(sources, around) // what has come while the indexes were made: the next time is short
  for (let tries = 1; tries <= TRIES; tries++) {
    const positions = await fill(sources, around)
    if ((await within(pool, signal, session => exchange(session, positions))) === 'exchanged') {
      const { rows } = await pool.query(`select (select count(*) from order_view) as orders, (select count(*) from order_event) as steps,
        (select count(*) from store_view) as stores`)
      return { kind: 'rebuilt', orders: Number(rows[0]?.orders), steps: Number(rows[0]?.steps), stores: Number(rows[0]?.stores) }
    }
    tell('somebody holds the old tables; trying again')
    await pause(TELL_EVERY_MS, undefined, { signal })
  }
  return { kind: 'held' }
}

/**
 * Runs projectors into the draft until it has reached the end of the log as it was at the beginning: the end itself may run ahead of us.
 * @returns how far it has come in each stream
 */
const fill = async (sources: readonly Source[], { now, tell, signal }: Around): Promise<Readonly<Record<string, number>>> => {
  const logger: ProjectorLogger = {
    info: () => undefined,
    warn: (facts, message) => tell(`${message}: ${JSON.stringify(facts)}`),
    error: (facts, message) => tell(`${message}: ${JSON.stringify(facts)}`),
  }
  const ends = await Promise.all(sources.map(({ whole }) => whole.end()))
  const fillers = sources.map(source => ({
    ...source,
    projector: new Projector({ log: source.whole, write: source.write, now, logger, signal }),
  }))
  try {
    for (let toldMs = now(); ; ) {
      signal.throwIfAborted()
      if (fillers.every(({ projector }, i) => projector.position().phase === 'acting' && projector.position().seq >= (ends[i] ?? 0))) break
      if (now() - toldMs >= TELL_EVERY_MS) {
        for (const [i, { name, projector }] of fillers.entries()) tell(progressOf(name, projector, ends[i] ?? 0))
        toldMs = now()
      }
      await pause(LOOK_EVERY_MS, undefined, { signal })
    }
  } finally {
    await Promise.all(fillers.map(({ projector }) => projector.stop()))
  }
  return Object.fromEntries(fillers.map(({ whole, write, projector }) => [write.stream, whole.placeOf(projector.position().seq)]))
}

const progressOf = (name: string, projector: Projector<unknown>, end: number): string => {
  const { seq, written } = projector.position()
  const togo = Math.max(0, end - seq)
  return `${name}: ${Math.floor((100 * seq) / Math.max(1, seq + togo))} %, ${written.toLocaleString('en')} records, ${togo.toLocaleString('en')} messages to go`
}

/** Does something on one connection; a signal cancels the statement that runs there. */
const within = async <T>(pool: NativePool, signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> => {
  signal.throwIfAborted()
  const session = await pool.connect()
  const { rows } = await session.query('select pg_backend_pid() as pid')
  const cancel = () => void pool.query('select pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await work(session)
  } finally {
    signal.removeEventListener('abort', cancel)
    session.release(true)
  }
}
