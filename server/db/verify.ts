import type { Copy, Log } from '../../actors/log.ts'
import { Differences } from './difference.ts'
import { nativePool, type Session } from './native-pool.ts'
import { openOrm } from './orm.ts'
import { type ArchiveCounts, type Forgetting, verifyArchive } from './verify-archive.ts'
import { verifyCopies } from './verify-copies.ts'
import { type OrderCounts, verifyOrders } from './verify-orders.ts'
import { verifyStores } from './verify-stores.ts'

export interface VerifyOptions {
  readonly databaseUrl: string
  readonly log: Log
  /** A stream up to a sequence, as each of the servers that keep it has it. Absent: there is one. */
  readonly copies?: (stream: string, upTo: number) => Promise<readonly Copy[]>
  /** The streams that are archived. */
  readonly streams: readonly Forgetting[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Hears what is being compared, one line each. */
  readonly tell: (line: string) => void
}

export interface Verified {
  readonly archive: Readonly<Record<string, ArchiveCounts>>
  readonly orders: OrderCounts
  /** Servers whose copies were compared with each other, by stream. */
  readonly servers: Readonly<Record<string, readonly string[]>>
  /** Stores and menus. */
  readonly catalogue: number
  /** Messages of the log that are not written yet, by stream: they were left out. */
  readonly behind: Readonly<Record<string, number>>
  readonly differences: Differences
}

/**
 * Compares the log with the archive and both with the read model, as PostgreSQL saw itself at one instant: rows, archive and
 * position commit together, so it may run while orders go on.
 * @throws when PostgreSQL or the log is away
 */
export const verify = async ({ databaseUrl, log, copies, streams, now, tell }: VerifyOptions): Promise<Verified> => {
  await using orm = await openOrm({ databaseUrl, poolMax: 1, statementTimeoutMs: 0 })
  const session = await (await nativePool(orm)).connect()
  const snapshot = oneByOne(session)
  const differences = new Differences()
  try {
    await snapshot.query('begin isolation level repeatable read, read only')
    // Before anything is read: a rebuilt table that takes the place of one of these would look empty from here.
    await snapshot.query('lock table order_view, order_event, store_view, menu_view, menu_item_view in access share mode')
    const { rows } = await snapshot.query('select stream, seq from position')
    const positions = new Map(rows.map(({ stream, seq }) => [String(stream), Number(seq)]))
    const upTo = (stream: string): number => positions.get(stream) ?? 0
    const archive: Record<string, ArchiveCounts> = {}
    const behind: Record<string, number> = {}
    const servers: Record<string, readonly string[]> = {}
    for (const stream of streams) {
      tell(`comparing ${stream.name} with the archive`)
      if (copies) servers[stream.name] = await verifyCopies({ copies, stream: stream.name, upTo: await log.end(stream.name), differences })
      behind[stream.name] = Math.max(0, (await log.end(stream.name)) - upTo(stream.name))
      archive[stream.name] = await verifyArchive({ log, snapshot, stream, upTo: upTo(stream.name), now, differences })
    }
    tell('comparing the read model with the records')
    const orders = await verifyOrders(snapshot, differences)
    const catalogue = await verifyStores({ log, snapshot, upTo: upTo('ENTITIES'), differences })
    return { archive, servers, orders, catalogue, behind, differences }
  } finally {
    session.release(true)
  }
}

/** A connection answers one question at a time; several readers of one snapshot ask when they need to. */
const oneByOne = (session: Session): Pick<Session, 'query'> => {
  let before: Promise<unknown> = Promise.resolve()
  return {
    query(sql, params) {
      const answer = before.then(() => session.query(sql, params))
      before = answer.catch(() => undefined)
      return answer
    },
  }
}
