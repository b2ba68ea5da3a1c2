import { expect } from 'chai'
import { orderMachine } from '../../machines/order.ts'
import { DEFAULT_WINDOWS, type OrderContext, type PlaceEvent } from '../../machines/order-types.ts'
import { type Effect, type PlainState, start, step } from '../../machines/step.ts'

export const T0 = '2026-05-01T09:00:00.000Z'
export const later = (ms: number): string => new Date(Date.parse(T0) + ms).toISOString()

export const aTap = (changes: Partial<PlaceEvent> = {}): PlaceEvent => ({
  type: 'place',
  store: { id: 'store-1', name: '황금치킨', lat: 37.5, lng: 127.03 },
  customer: { id: 'customer-1', name: '김하나', phone: '01000000001' },
  items: [{ menuId: 'm-1', name: '후라이드', quantity: 1, unitPrice: 18_000, choices: [], lineTotal: 18_000 }],
  total: 18_000,
  deliverTo: { address: '서울 강남구 테헤란로 1', lat: 37.501, lng: 127.037, cell: '8730e1d88ffffff' },
  windows: DEFAULT_WINDOWS,
  requestHash: 'h',
  ...changes,
})

interface Told {
  readonly type: string
  readonly by?: string
  readonly at?: string
  readonly [key: string]: unknown
}

export const DONE = {
  approved: { type: 'xstate.done.actor.confirmPayment', output: { kind: 'approved', approvedAt: later(1_000) } },
  declined: { type: 'xstate.done.actor.confirmPayment', output: { kind: 'declined', code: 'REJECT_CARD_COMPANY', message: '거절' } },
  unknown: { type: 'xstate.done.actor.confirmPayment', output: { kind: 'unknown' } },
  foundApproved: { type: 'xstate.done.actor.lookUpPayment', output: { kind: 'approved', approvedAt: later(1_000) } },
  foundAbsent: { type: 'xstate.done.actor.lookUpPayment', output: { kind: 'absent' } },
  verifyTime: { type: 'order.verify' },
  verifiedApproved: { type: 'xstate.done.actor.verifyPayment', output: { kind: 'approved', approvedAt: later(1_000) } },
  verifiedAbsent: { type: 'xstate.done.actor.verifyPayment', output: { kind: 'absent' } },
  refunded: { type: 'xstate.done.actor.cancelPayment', output: { canceledAt: later(2_000) } },
  lookUpFailed: { type: 'xstate.error.actor.lookUpPayment', error: { code: 'X', message: 'worker broke' } },
  refundFailed: { type: 'xstate.error.actor.cancelPayment', error: { code: 'X', message: 'worker broke' } },
  ticketWindow: { type: 'xstate.after.ticketWindow.order.order.paymentWaiting' },
  payWindow: { type: 'xstate.after.payWindow.order.order.paying' },
  acceptWindow: { type: 'xstate.after.acceptWindow.order.order.placed' },
  confirmWindow: { type: 'xstate.after.confirmWindow.order.order.delivered' },
  alertEvery: { type: 'xstate.after.alertEvery.order.alert.ringing' },
  kitchenSilent: { type: 'order.kitchenSilent' },
  riderWindow: { type: 'xstate.after.riderWindow.order.order.cooked' },
  claimWindow: { type: 'xstate.after.claimWindow.order.claim.held' },
  deliverWindow: { type: 'xstate.after.deliverWindow.order.order.picked' },
} as const

const stampOf = (told: Told) => ({ id: 'o_1', at: told.at ?? later(1_000), by: { role: 'any', id: told.by ?? 'anyone' }, commandId: 'c' })

/** given → when → expect, over the pure machine; every step goes through JSON, as in life. */
export class OrderStory {
  readonly #state: PlainState
  readonly #effects: readonly Effect[]
  readonly #refused: boolean

  private constructor(state: PlainState, effects: readonly Effect[], refused: boolean) {
    this.#state = JSON.parse(JSON.stringify(state)) as PlainState
    this.#effects = effects
    this.#refused = refused
  }

  static placed(changes: Partial<PlaceEvent> = {}): OrderStory {
    const begun = start(orderMachine, { ...aTap(changes), stamp: stampOf({ type: 'place', at: T0 }) })
    if (begun.kind === 'refused') throw new Error('an order always begins')
    return new OrderStory(begun.state, begun.effects, false)
  }

  when(told: Told): OrderStory {
    const { by: _by, at: _at, ...event } = told
    const next = step(orderMachine, this.#state, { ...event, stamp: stampOf(told) })
    return next.kind === 'refused' ? new OrderStory(this.#state, [], true) : new OrderStory(next.state, next.effects, false)
  }

  after(...told: readonly Told[]): OrderStory {
    return told.reduce<OrderStory>((story, event) => story.when(event).notRefused(event.type), this)
  }

  get regions(): Readonly<Record<'order' | 'payment' | 'refund' | 'alert' | 'claim', string>> {
    return this.#state.value as unknown as Record<'order' | 'payment' | 'refund' | 'alert' | 'claim', string>
  }
  get context(): OrderContext {
    return this.#state.context as unknown as OrderContext
  }
  get effects(): readonly Effect[] {
    return this.#effects
  }
  get refused(): boolean {
    return this.#refused
  }

  notRefused(what: string): OrderStory {
    expect(this.#refused, `${what} was refused in ${JSON.stringify(this.#state.value)}`).to.equal(false)
    return this
  }

  expect(order: string, payment: string, refund: string): OrderStory {
    this.notRefused('the last event')
    expect(this.regions).to.deep.include({ order, payment, refund })
    return this
  }

  expectRefused(): OrderStory {
    expect(this.#refused, `went through to ${JSON.stringify(this.#state.value)}`).to.equal(true)
    return this
  }

  /** What it said to whom: announcements by type, tells by address. */
  said(): string[] {
    return this.#effects.flatMap(effect => {
      if (effect.kind === 'tell') return [`${effect.event.type} to ${effect.to}`]
      if (effect.kind !== 'emit') return []
      const { type, open, reason, level } = effect.event
      return [type === 'delivery' ? `delivery ${open ? 'open' : reason}` : `${type} ${level}`]
    })
  }

  invoked(): string[] {
    return this.#effects.flatMap(effect => (effect.kind === 'invoke' ? [effect.src] : []))
  }
}
