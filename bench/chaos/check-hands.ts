import type { Logged, Violation } from './evidence.ts'

interface Hold {
  readonly rider: string
  readonly orderId: string
  /** Sequences of the records between which the order was his; the log's own order, so no clock is believed. */
  readonly from: number
  readonly until: number
}

const holderOf = ({ state: { value, context } }: Logged): string | undefined =>
  ['cooked', 'picked'].includes(value.order) ? context.rider?.id : undefined

const holdsOf = (orderId: string, records: readonly Logged[]): Hold[] =>
  records.flatMap((record, i) => {
    const rider = holderOf(record)
    const before = records[i - 1]
    if (rider === undefined || (before && holderOf(before) === rider)) return []
    const over = records.slice(i).find(later => holderOf(later) !== rider)
    return [{ rider, orderId, from: record.seq, until: over?.seq ?? Number.POSITIVE_INFINITY }]
  })

/** A rider has one delivery in hand at a time. @param log each order's records, in log order */
export const checkHands = (log: ReadonlyMap<string, readonly Logged[]>): readonly Violation[] => {
  const byRider = Map.groupBy(
    [...log].flatMap(([orderId, records]) => holdsOf(orderId, records)),
    ({ rider }) => rider,
  )
  return [...byRider].flatMap(([rider, holds]) => {
    const inOrder = holds.sort((a, b) => a.from - b.from)
    return inOrder.flatMap((hold, i) => {
      const before = inOrder[i - 1]
      if (!before || before.until <= hold.from) return []
      const evidence = `${rider} got it at seq ${hold.from} and had ${before.orderId} from seq ${before.from} to ${before.until}`
      return [{ orderId: hold.orderId, rule: 'a rider has one delivery in hand', evidence }]
    })
  })
}
