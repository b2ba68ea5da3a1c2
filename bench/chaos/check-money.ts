import type { Logged, Payment, Violation } from './evidence.ts'
import { ENDS, UNDELIVERED } from './trade.ts'

/** The provider's book against the order's last record: who paid was charged once, who got nothing was given it back once. */
export const checkMoney = (orderId: string, last: Logged, payments: readonly Payment[]): readonly Violation[] => {
  const { value, context } = last.state
  const found: Violation[] = []
  const expectThat = (met: boolean, rule: string): void => {
    if (!met) found.push({ orderId, rule, evidence: `${JSON.stringify(value)}, book ${JSON.stringify(payments)}` })
  }
  const paid = context.approvedAt !== undefined
  const charges = payments.reduce((sum, { confirms }) => sum + confirms, 0)
  const cancels = payments.flatMap(payment => payment.cancels)
  const refunded = value.refund === 'done'
  expectThat(charges === (paid ? 1 : 0), paid ? 'a paid order is charged once' : 'an unpaid order is not charged')
  expectThat(cancels.length === (refunded ? 1 : 0), refunded ? 'a refunded order is given back once' : 'nothing is given back unasked')
  if (paid) {
    const charged = payments.find(({ confirms }) => confirms > 0)
    expectThat(charged?.amount === context.total && charged.paymentKey === context.paymentKey, 'the charge is the total of the order')
    expectThat(charged?.balanceAmount === (refunded ? 0 : context.total), 'a refund is whole')
    const undelivered = UNDELIVERED.includes(value.order)
    if (ENDS.includes(value.order)) expectThat(undelivered === refunded, 'a paid order ends delivered or refunded')
  }
  return found
}
