import { checkAnswer } from './check-answers.ts'
import { checkHands } from './check-hands.ts'
import { checkRecords } from './check-log.ts'
import { checkMoney } from './check-money.ts'
import { checkRow, checkShown, checkTimeline } from './check-readers.ts'
import type { Evidence, Violation } from './evidence.ts'

/** Everything that is not as it must be; empty is good. Pure: the same evidence, the same verdict. */
export const check = (evidence: Evidence): readonly Violation[] => {
  const log = Map.groupBy(evidence.log, ({ orderId }) => orderId)
  const rows = new Map(evidence.rows.map(row => [row.orderId, row]))
  const lines = Map.groupBy(evidence.lines, ({ orderId }) => orderId)
  const taken = Map.groupBy(
    evidence.asked.filter(({ answer }) => answer.kind !== 'refused'),
    ({ commandId }) => commandId,
  )
  const last = (orderId: string) => log.get(orderId)?.at(-1)
  return [
    ...[...log].flatMap(([orderId, records]) => checkRecords(orderId, records)),
    ...checkHands(log),
    ...evidence.asked.flatMap(asked => checkAnswer(asked, log.get(asked.orderId) ?? [], taken.has(asked.commandId))),
    ...[...log].flatMap(([orderId, records]) => {
      const newest = records.at(-1)
      if (!newest) return []
      return [
        ...checkMoney(orderId, newest, evidence.ledger.get(orderId) ?? []),
        ...checkRow(orderId, newest, rows.get(orderId)),
        ...checkTimeline(orderId, records, lines.get(orderId) ?? []),
      ]
    }),
    ...evidence.rows
      .filter(({ orderId }) => !log.has(orderId))
      .map(({ orderId }) => ({ orderId, rule: 'the read model equals the log', evidence: 'the log has nothing of it' })),
    ...evidence.shown.flatMap(shown => checkShown(shown, last(shown.orderId))),
    ...evidence.backwards.map(({ client, orderId, from, to }) => ({
      orderId,
      rule: 'no client is told the past as news',
      evidence: `${client} was told version ${to} when ${from} was known`,
    })),
    ...evidence.away.map(client => ({ orderId: '-', rule: 'every client comes back', evidence: `${client} is not connected` })),
  ]
}
