import type { Asked, Evidence, Line, Logged, Payment, Row, Shown } from '../../bench/chaos/evidence.ts'

/** One step of a made-up order: event, commandId, and the regions after it. */
type Step = readonly [event: string, commandId: string, order: string, payment: string, refund?: string]

const DELIVERED: readonly Step[] = [
  ['place', 'place:o_1', 'paying', 'confirming'],
  ['xstate.done.actor.confirmPayment', 'fx:order/o_1:1-0', 'placed', 'approved'],
  ['accept', 'accept:a', 'accepted', 'approved'],
  ['startCooking', 'startCooking:a', 'cooking', 'approved'],
  ['finishCooking', 'finishCooking:a', 'cooked', 'approved'],
  ['pick', 'pick:a', 'picked', 'approved'],
  ['deliver', 'deliver:a', 'delivered', 'approved'],
  ['confirm', 'confirm:a', 'confirmed', 'approved'],
]
const CANCELED: readonly Step[] = [
  ['place', 'place:o_2', 'paying', 'confirming'],
  ['xstate.done.actor.confirmPayment', 'fx:order/o_2:1-0', 'placed', 'approved'],
  ['cancel', 'cancel:b', 'canceled', 'approved', 'pending'],
  ['xstate.done.actor.cancelPayment', 'fx:order/o_2:3-0', 'canceled', 'canceled', 'done'],
]
const DECLINED: readonly Step[] = [
  ['place', 'place:o_3', 'paying', 'confirming'],
  ['xstate.done.actor.confirmPayment', 'fx:order/o_3:1-0', 'paymentFailed', 'declined'],
]

const TOTAL = 20_000
const BEGAN = Date.parse('2026-03-01T00:00:00.000Z')

const recordsOf = (orderId: string, steps: readonly Step[], seq: number): Logged[] =>
  steps.map(([event, commandId, order, payment, refund = 'none'], i) => ({
    seq: seq + 2 * i,
    at: BEGAN + 1_000 * i + 5,
    orderId,
    version: i + 1,
    commandId,
    event,
    by: { role: 'system', id: 'x' },
    decidedAt: new Date(BEGAN + 1_000 * i).toISOString(),
    state: {
      value: { order, payment, refund },
      context: {
        total: TOTAL,
        paymentKey: `pk_test_${orderId}`,
        ...(i > 0 && payment !== 'declined' ? { approvedAt: '2026-03-01T09:00:01+09:00' } : {}),
      },
    },
  }))

const askedOf = ({ orderId, version, commandId, event, at, state }: Logged): Asked => ({
  commandId,
  orderId,
  name: event,
  by: 'somebody',
  askedAt: at - 10,
  answeredAt: at + 10,
  tries: 1,
  answer: { kind: 'moved', version, status: state.value.order },
})

const paymentOf = (orderId: string, changes: Partial<Payment> = {}): Payment => ({
  paymentKey: `pk_test_${orderId}`,
  status: 'DONE',
  amount: TOTAL,
  balanceAmount: TOTAL,
  confirms: 1,
  cancels: [],
  ...changes,
})

const rowOf = ({ orderId, version, state }: Logged): Row => {
  const { order: status, payment, refund } = state.value
  return { orderId, version, status, payment, refund, state }
}
const lineOf = ({ orderId, version, commandId, state, decidedAt }: Logged): Line => ({
  orderId,
  version,
  commandId,
  status: state.value.order,
  at: decidedAt,
})
const shownOf = ({ orderId, version, state }: Logged): Shown => ({
  client: 'customer-1',
  orderId,
  version,
  status: state.value.order,
  refund: state.value.refund,
})

/** Three orders, delivered, canceled and declined, of which every account agrees. Each call makes it anew. */
export const cleanEvidence = (): Evidence => {
  const orders = [recordsOf('o_1', DELIVERED, 1), recordsOf('o_2', CANCELED, 2), recordsOf('o_3', DECLINED, 30)]
  const log = orders.flat().sort((a, b) => a.seq - b.seq)
  const last = orders.flatMap(records => records.slice(-1))
  return {
    log,
    asked: log.filter(({ event }) => !event.startsWith('xstate.')).map(askedOf),
    ledger: new Map([
      ['o_1', [paymentOf('o_1')]],
      ['o_2', [paymentOf('o_2', { status: 'CANCELED', balanceAmount: 0, cancels: [{ cancelAmount: TOTAL }] })]],
      ['o_3', [paymentOf('o_3', { status: 'ABORTED', balanceAmount: 0, confirms: 0 })]],
    ]),
    rows: last.map(rowOf),
    lines: orders.flat().map(lineOf),
    shown: last.map(shownOf),
    backwards: [],
    away: [],
  }
}
