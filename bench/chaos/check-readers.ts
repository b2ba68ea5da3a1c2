import { isDeepStrictEqual } from 'node:util'
import type { Line, Logged, Row, Shown, Violation } from './evidence.ts'

/** The read model's row against the order's last record. */
export const checkRow = (orderId: string, last: Logged, row: Row | undefined): readonly Violation[] => {
  const { order, payment, refund } = last.state.value
  const wanted = { version: last.version, status: order, payment, refund }
  const has = row && { version: row.version, status: row.status, payment: row.payment, refund: row.refund }
  if (isDeepStrictEqual(has, wanted) && isDeepStrictEqual(row?.state, last.state)) return []
  return [
    {
      orderId,
      rule: 'the read model equals the log',
      evidence: `it has ${JSON.stringify(has ?? null)}, the log ${JSON.stringify(wanted)}`,
    },
  ]
}

const tell = (lines: readonly { version: number; status: string; commandId: string; at: string }[]): string =>
  lines.map(({ version, status }) => `${version} ${status}`).join(', ')

/** The read model's timeline against all records. @param lines of one order, oldest first */
export const checkTimeline = (orderId: string, records: readonly Logged[], lines: readonly Line[]): readonly Violation[] => {
  const wanted = records.map(({ version, commandId, state, decidedAt }) => ({
    version,
    commandId,
    status: state.value.order,
    at: decidedAt,
  }))
  const has = lines.map(({ version, commandId, status, at }) => ({ version, commandId, status, at }))
  if (isDeepStrictEqual(has, wanted)) return []
  return [{ orderId, rule: 'the timeline equals the log', evidence: `it has [${tell(has)}], the log [${tell(wanted)}]` }]
}

/** A rider whose claim has lapsed is told of the loss, and of the order's further way nothing: what he shows without a rider he does not have. */
const isLost = ({ client, rider }: Shown, last: Logged | undefined): boolean =>
  client.startsWith('rider-') && rider === undefined && last !== undefined && last.state.context.rider?.id !== client

/** What a client shows against the truth. */
export const checkShown = (shown: Shown, last: Logged | undefined): readonly Violation[] => {
  const { client, orderId, version, status, refund } = shown
  if (isLost(shown, last)) return []
  const truth = last && { version: last.version, status: last.state.value.order, refund: last.state.value.refund }
  if (isDeepStrictEqual({ version, status, refund }, truth)) return []
  const evidence = `${client} shows ${JSON.stringify({ version, status, refund })}, true is ${JSON.stringify(truth ?? null)}`
  return [{ orderId, rule: 'a client shows the truth in the end', evidence }]
}
