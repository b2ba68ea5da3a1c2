import { z } from 'zod'
import { seoulTime } from '../toss-payment.ts'
import { type PspAnswer, pspError } from './psp-errors.ts'

/** A payment in the provider's book. `confirms` counts the times that money moved: anything but 0 or 1 is a double charge. */
export interface BookedPayment {
  readonly paymentKey: string
  readonly orderId: string
  readonly amount: number
  readonly status: 'DONE' | 'ABORTED' | 'CANCELED' | 'PARTIAL_CANCELED'
  readonly balanceAmount: number
  readonly confirms: number
  readonly requestedAt: string
  readonly approvedAt: string | null
  readonly cancels: readonly Cancel[]
  readonly failure: { readonly code: string; readonly message: string } | null
}
interface Cancel {
  readonly transactionKey: string
  readonly cancelAmount: number
  readonly cancelReason: string
  readonly canceledAt: string
  readonly refundableAmount: number
  readonly cancelStatus: 'DONE'
}

/** What an operation did: the answer, and the payment as it then was, if it moved. */
export interface Booked {
  readonly answer: PspAnswer
  readonly payment?: BookedPayment
}

const confirmBody = z.looseObject({
  paymentKey: z.string().min(1).max(200),
  orderId: z.string().regex(/^[A-Za-z0-9_=-]{1,64}$/),
  amount: z.number().int().min(0),
})
const cancelBody = z.looseObject({ cancelReason: z.string().min(1).max(200), cancelAmount: z.number().int().min(1).optional() })

/** The book itself: what was charged and given back. Knows no HTTP, no faults and no idempotency keys. */
export class PspPayments {
  readonly #byOrder = new Map<string, BookedPayment[]>()
  readonly #byKey = new Map<string, { newest: BookedPayment; readonly byOrder: Map<string, BookedPayment> }>()
  readonly #now: () => number
  readonly #newId: () => string

  constructor(now: () => number, newId: () => string) {
    this.#now = now
    this.#newId = newId
  }

  confirm(body: unknown): Booked {
    const parsed = confirmBody.safeParse(body)
    if (!parsed.success) return { answer: pspError('INVALID_REQUEST') }
    const { paymentKey, orderId, amount } = parsed.data
    if (!paymentKey.startsWith('pk_test_')) return { answer: pspError('NOT_FOUND_PAYMENT_SESSION') }
    if (amount < 100) return { answer: pspError('BELOW_MINIMUM_AMOUNT') }
    const earlier = this.ofOrder(orderId)
    if (earlier.some(payment => payment.confirms > 0 || payment.paymentKey === paymentKey)) {
      return { answer: pspError('ALREADY_PROCESSED_PAYMENT') }
    }
    const at = seoul(this.#now())
    const begun = { paymentKey, orderId, amount, requestedAt: at, cancels: [] }
    if (paymentKey.startsWith('pk_test_decline')) {
      const answer = pspError('REJECT_CARD_COMPANY')
      const failure = answer.body as { code: string; message: string }
      return { answer, payment: this.put({ ...begun, status: 'ABORTED', balanceAmount: 0, confirms: 0, approvedAt: null, failure }) }
    }
    const payment = this.put({ ...begun, status: 'DONE', balanceAmount: amount, confirms: 1, approvedAt: at, failure: null })
    return { answer: this.#show(payment), payment }
  }

  cancel(paymentKey: string, body: unknown, idempotencyKey: string): Booked {
    const parsed = cancelBody.safeParse(body)
    if (!parsed.success) return { answer: pspError('INVALID_REQUEST') }
    const before = this.#ofKey(paymentKey, idempotencyKey)
    if (!before) return { answer: pspError('NOT_FOUND_PAYMENT') }
    if (before.status === 'CANCELED') return { answer: pspError('ALREADY_CANCELED_PAYMENT') }
    if (before.status === 'ABORTED') return { answer: pspError('NOT_CANCELABLE_PAYMENT') }
    const { cancelReason, cancelAmount = before.balanceAmount } = parsed.data
    if (cancelAmount > before.balanceAmount) return { answer: pspError('NOT_CANCELABLE_AMOUNT') }
    const balanceAmount = before.balanceAmount - cancelAmount
    const cancel: Cancel = {
      transactionKey: this.#newId(),
      cancelAmount,
      cancelReason,
      canceledAt: seoul(this.#now()),
      refundableAmount: balanceAmount,
      cancelStatus: 'DONE',
    }
    const status = balanceAmount === 0 ? 'CANCELED' : 'PARTIAL_CANCELED'
    const payment = this.put({ ...before, status, balanceAmount, cancels: [...before.cancels, cancel] })
    return { answer: this.#show(payment), payment }
  }

  lookUp(paymentKey: string): PspAnswer {
    return this.#show(this.#ofKey(paymentKey))
  }

  /** The order's charge, or else its newest failure. */
  lookUpOrder(orderId: string): PspAnswer {
    const payments = this.ofOrder(orderId)
    return this.#show(payments.find(payment => payment.confirms > 0) ?? payments.at(-1))
  }

  /** Money that moved from one moment to another, as Seoul's clock shows them, oldest first, after the transaction that is named. */
  transactions(from: string, to: string, limit: number, startingAfter: string | undefined): PspAnswer {
    const all = [...this.#byOrder.values()].flat().flatMap(transactionsOf)
    const between = all.filter(({ transactionAt }) => transactionAt >= from && transactionAt.slice(0, 19) <= to)
    between.sort((a, b) => (a.transactionAt < b.transactionAt ? -1 : 1))
    const start = startingAfter === undefined ? 0 : between.findIndex(({ transactionKey }) => transactionKey === startingAfter) + 1
    if (startingAfter !== undefined && start === 0) return pspError('INVALID_TRANSACTION_KEY')
    return { status: 200, body: between.slice(start, start + limit) }
  }

  /** The order that a payment key belongs to. */
  orderOf(paymentKey: string, idempotencyKey = ''): string | undefined {
    return this.#ofKey(paymentKey, idempotencyKey)?.orderId
  }

  ofOrder(orderId: string): readonly BookedPayment[] {
    return this.#byOrder.get(orderId) ?? []
  }

  /** Books a payment's newest state: also how the journal is read back. */
  put(payment: BookedPayment): BookedPayment {
    const others = this.ofOrder(payment.orderId).filter(other => other.paymentKey !== payment.paymentKey)
    this.#byOrder.set(payment.orderId, [...others, payment])
    const shared = this.#byKey.get(payment.paymentKey) ?? { newest: payment, byOrder: new Map() }
    shared.newest = payment
    shared.byOrder.set(payment.orderId, payment)
    this.#byKey.set(payment.paymentKey, shared)
    return payment
  }

  /**
   * At Toss a payment key belongs to one payment. People who try things out type the same key for every order, so here it may
   * be shared; then the order whose id the idempotency key carries is meant, or else the newest.
   */
  #ofKey(paymentKey: string, idempotencyKey = ''): BookedPayment | undefined {
    const shared = this.#byKey.get(paymentKey)
    const named = idempotencyKey.split(/[:#]/).map(part => shared?.byOrder.get(part))
    return named.find(payment => payment !== undefined) ?? shared?.newest
  }

  #show(payment: BookedPayment | undefined): PspAnswer {
    if (!payment) return pspError('NOT_FOUND_PAYMENT')
    const { amount, confirms: _confirms, ...rest } = payment
    const vat = Math.round(amount / 11)
    const body = {
      ...rest,
      version: '2022-11-16',
      mId: 'tvivarepublica',
      type: 'NORMAL',
      orderName: payment.orderId,
      method: '카드',
      currency: 'KRW',
      country: 'KR',
      totalAmount: amount,
      suppliedAmount: amount - vat,
      vat,
      taxFreeAmount: 0,
      isPartialCancelable: true,
      lastTransactionKey: payment.cancels.at(-1)?.transactionKey ?? payment.paymentKey,
      cancels: payment.cancels.length === 0 ? null : payment.cancels,
    }
    return { status: 200, body }
  }
}

const transactionsOf = ({ paymentKey, orderId, amount, approvedAt, cancels }: BookedPayment) => {
  if (approvedAt === null) return []
  const common = { mId: 'tvivarepublica', paymentKey, orderId, method: '카드', currency: 'KRW', useEscrow: false }
  return [
    { ...common, transactionKey: `${orderId}:${paymentKey}`, amount, status: 'DONE', transactionAt: approvedAt },
    ...cancels.map(({ transactionKey, cancelAmount, refundableAmount, canceledAt }) => ({
      ...common,
      transactionKey,
      amount: -cancelAmount,
      status: refundableAmount === 0 ? 'CANCELED' : 'PARTIAL_CANCELED',
      transactionAt: canceledAt,
    })),
  ]
}

/** As Toss writes times: whole seconds, nine hours east of UTC. */
const seoul = (ms: number): string => `${seoulTime(ms)}+09:00`
