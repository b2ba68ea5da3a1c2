import type { House } from '../../config/runtime/house.ts'
import { checkMoney } from '../chaos/check-money.ts'
import { readLedger, readLog } from '../chaos/collect.ts'
import type { Logged } from '../chaos/evidence.ts'
import type { Offered } from './payers.ts'

/** What became of the payments, by the log and the provider's own book. Instants are milliseconds since 1970, by the hosts' clocks. */
export interface Account {
  /** When each of the crowd's payments was approved, earliest first. */
  readonly approvedMs: readonly number[]
  /** The crowd's orders that the house has. */
  readonly taken: number
  /** Of them: paid · never called for, for they ran out of time · ended otherwise. */
  readonly paid: number
  readonly expired: number
  readonly failed: number
  /** Of those who waited, the longest wait until the money came. */
  readonly longestWaitS: number
  /** Charges beyond the first of an order. */
  readonly doubleCharges: number
  /** Answered with yes and not there, or without an end, or with money that does not agree with it: ids, and what is wrong. */
  readonly lost: readonly string[]
  /** Each refund: when it became due, and how long it took. */
  readonly refunds: readonly { readonly dueMs: number; readonly tookMs: number }[]
}

/** @param others orders that were paid before */
export const accountOf = async (house: House, offered: readonly Offered[], others: readonly string[]): Promise<Account> => {
  const stories = Map.groupBy(await readLog(house.natsUrl), ({ orderId }) => orderId)
  const answered = offered.filter(({ ok }) => ok).map(({ orderId }) => orderId)
  const ids = [...new Set([...offered.map(({ orderId }) => orderId), ...others])]
  const ledger = await readLedger(house.standIns.psp, ids)
  const crowd = offered.map(({ orderId }) => stories.get(orderId)).filter(story => story !== undefined)
  const ends = crowd.map(endOf)
  const charges = ids.map(id => (ledger.get(id) ?? []).reduce((sum, { confirms }) => sum + confirms, 0))
  const wrong = ids.flatMap(id => {
    const last = stories.get(id)?.at(-1)
    if (!last) return answered.includes(id) ? [`${id}: not there`] : []
    if (endOf(stories.get(id) ?? []) === 'none') return [`${id}: without an end, ${JSON.stringify(last.state.value)}`]
    return checkMoney(id, last, ledger.get(id) ?? []).map(({ rule, evidence }) => `${id}: ${rule}; ${evidence}`)
  })
  const approvals = crowd.map(approvalOf).filter(approval => approval !== undefined)
  return {
    approvedMs: approvals.map(({ atMs }) => atMs).sort((a, b) => a - b),
    taken: crowd.length,
    paid: ends.filter(end => end === 'paid').length,
    expired: ends.filter(end => end === 'expired').length,
    failed: ends.filter(end => end === 'failed').length,
    longestWaitS: approvals.reduce((most, { waitedMs }) => Math.max(most, waitedMs), 0) / 1_000,
    doubleCharges: charges.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    lost: wrong,
    refunds: [...stories.values()].map(refundOf).filter(refund => refund !== undefined),
  }
}

const msOf = ({ decidedAt }: Logged): number => Date.parse(decidedAt)

const endOf = (story: readonly Logged[]): 'paid' | 'expired' | 'failed' | 'none' => {
  const last = story.at(-1)
  if (!last || ['confirming', 'checking'].includes(last.state.value.payment)) return 'none'
  if (last.state.context.approvedAt !== undefined) return 'paid'
  return last.state.value.order === 'expired' ? 'expired' : 'failed'
}

const approvalOf = (story: readonly Logged[]): { readonly atMs: number; readonly waitedMs: number } | undefined => {
  const [first] = story
  const approved = story.find(({ state }) => state.value.payment === 'approved')
  return first && approved && { atMs: msOf(approved), waitedMs: msOf(approved) - msOf(first) }
}

const refundOf = (story: readonly Logged[]): Account['refunds'][number] | undefined => {
  const due = story.find(({ state }) => state.value.refund === 'pending')
  const done = story.find(({ state }) => state.value.refund === 'done')
  return due && done && { dueMs: msOf(due), tookMs: msOf(done) - msOf(due) }
}
