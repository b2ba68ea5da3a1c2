import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { serversOf } from '../../actors/nats/servers.ts'
import type { House } from '../../config/runtime/house.ts'
import { openOrm } from '../../server/db/orm.ts'
import type { Client } from './client.ts'
import type { Evidence, Line, Logged, Payment, Row } from './evidence.ts'
import type { History } from './history.ts'

const LEDGERS_AT_ONCE = 16

/** Reads everything anew, past all code of ours that could be wrong: the stream, the tables, the provider's book. */
export const collect = async (house: House, history: History, clients: readonly Client[]): Promise<Evidence> => {
  const log = await readLog(house.natsUrl)
  const { rows, lines } = await readTables(house.databaseUrl)
  const orders = new Set([...history.orders, ...log.map(({ orderId }) => orderId)])
  return {
    asked: history.asked,
    log,
    ledger: await readLedger(house.standIns.psp, [...orders]),
    rows,
    lines,
    shown: clients.flatMap(({ shown }) => shown),
    backwards: history.backwards,
    away: clients.filter(({ live }) => !live.connected).map(({ id }) => id),
  }
}

type Written = Pick<Logged, 'version' | 'commandId' | 'by' | 'state'> & {
  readonly id: string
  readonly at: string
  readonly event: { readonly type: string }
}

export const readLog = async (natsUrl: string): Promise<Logged[]> => {
  const nc = await connect({ ...serversOf(natsUrl), name: 'chaos checker' })
  try {
    const end = (await (await jetstreamManager(nc)).streams.info('ORDERS')).state.last_seq
    const consumer = await jetstream(nc).consumers.get('ORDERS', { deliver_policy: DeliverPolicy.All })
    const found: Logged[] = []
    if (end === 0) return found
    const messages = await consumer.consume({ max_messages: 1_000 })
    for await (const message of messages) {
      if (message.subject.startsWith('evt.order.')) {
        const { id, at, event, version, commandId, by, state } = message.json<Written>()
        const taken = message.info.timestampNanos / 1e6
        found.push({ seq: message.seq, at: taken, orderId: id, version, commandId, event: event.type, by, decidedAt: at, state })
      }
      if (message.info.pending === 0 || message.seq >= end) break
    }
    await messages.close()
    await consumer.delete()
    return found
  } finally {
    await nc.close()
  }
}

const readTables = async (databaseUrl: string): Promise<{ readonly rows: Row[]; readonly lines: Line[] }> => {
  const orm = await openOrm({ databaseUrl, poolMax: 1, statementTimeoutMs: 0 })
  try {
    const sql = <T>(text: string): Promise<T[]> => orm.em.getConnection().execute<T[]>(text)
    const rows = await sql<Omit<Row, 'state'> & { readonly record: string }>(
      'select id as "orderId", version, status, payment, refund, record::text as record from order_view',
    )
    const lines = await sql<Line>(
      `select order_id as "orderId", version, command_id as "commandId", status,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from order_event order by order_id, version`,
    )
    return { rows: rows.map(({ record, ...row }) => ({ ...row, state: (JSON.parse(record) as { state: unknown }).state })), lines }
  } finally {
    await orm.close()
  }
}

export const readLedger = async (psp: string, orders: readonly string[]): Promise<Map<string, readonly Payment[]>> => {
  const found = new Map<string, readonly Payment[]>()
  const left = [...orders]
  const read = async (): Promise<void> => {
    for (let orderId = left.pop(); orderId !== undefined; orderId = left.pop()) {
      const answer = await fetch(`${psp}/stand-in/ledger?orderId=${orderId}`)
      found.set(orderId, ((await answer.json()) as { payments: readonly Payment[] }).payments)
    }
  }
  await Promise.all(Array.from({ length: LEDGERS_AT_ONCE }, read))
  return found
}
