import type { Logged, Regions, Violation } from './evidence.ts'
import { EDGES, ENDS, FIRST, PAYMENT_UNDER_WAY, QUIET_EVENTS } from './trade.ts'

const REGIONS: readonly (keyof Regions)[] = ['order', 'payment', 'refund']
const shown = ({ version, event, seq }: Logged): string => `version ${version}, ${event}, seq ${seq}`

/** What one order's records say by themselves. @param records of one order, in log order */
export const checkRecords = (orderId: string, records: readonly Logged[]): readonly Violation[] => [
  ...contiguous(orderId, records),
  ...doneTwice(orderId, records),
  ...path(orderId, records),
  ...ending(orderId, records),
]

const contiguous = (orderId: string, records: readonly Logged[]): Violation[] =>
  records.flatMap((record, i) =>
    record.version === i + 1 ? [] : [{ orderId, rule: 'versions are contiguous', evidence: `${shown(record)} stands at place ${i + 1}` }],
  )

const doneTwice = (orderId: string, records: readonly Logged[]): Violation[] => {
  const byCommand = Map.groupBy(records, ({ commandId }) => commandId)
  return [...byCommand].flatMap(([commandId, done]) =>
    done.length === 1 ? [] : [{ orderId, rule: 'a command acts once', evidence: `${commandId}: ${done.map(shown).join('; ')}` }],
  )
}

const path = (orderId: string, records: readonly Logged[]): Violation[] =>
  records.flatMap((record, i) => {
    const rule = 'the machine allows the path'
    const before = records[i - 1]?.state.value
    const now = record.state.value
    const wrong = REGIONS.filter(region => {
      if (!before) return !FIRST[region].includes(now[region])
      return before[region] !== now[region] && !EDGES[region][before[region]]?.includes(now[region])
    })
    const idle = before !== undefined && REGIONS.every(region => before[region] === now[region]) && !QUIET_EVENTS.includes(record.event)
    return [
      ...wrong.map(region => ({
        orderId,
        rule,
        evidence: `${region} went from ${before?.[region] ?? 'nothing'} to ${now[region]} (${shown(record)})`,
      })),
      // The two regions move together, in one record.
      ...((now.payment === 'canceled') !== (now.refund === 'done')
        ? [{ orderId, rule, evidence: `payment ${now.payment} beside refund ${now.refund} (${shown(record)})` }]
        : []),
      ...(idle ? [{ orderId, rule, evidence: `nothing moved (${shown(record)})` }] : []),
    ]
  })

const ending = (orderId: string, records: readonly Logged[]): Violation[] => {
  const last = records.at(-1)
  if (!last) return []
  const { order, payment, refund } = last.state.value
  if (ENDS.includes(order) && refund !== 'pending' && !PAYMENT_UNDER_WAY.includes(payment)) return []
  return [{ orderId, rule: 'every order ends', evidence: `order ${order}, payment ${payment}, refund ${refund} (${shown(last)})` }]
}
