import { expect } from 'chai'
import { orderMachine } from '../../machines/order.ts'
import { ENDED, type OrderContext, type OrderStatus } from '../../machines/order-types.ts'
import { type PlainState, type Step, start, step } from '../../machines/step.ts'
import { aTap, DONE, later, T0 } from './order-stories.ts'

const MINUTE = 60_000
const PAY_WINDOW_MS = 10 * MINUTE
const stamp = (by: string, atMs = MINUTE) => ({ id: 'o_1', at: later(atMs), by: { role: 'any', id: by }, commandId: 'c' })

/**
 * Everything that can ever reach an order, by the name the table has for it. That a lookup or a refund failed is not among it:
 * their workers try until they know (server/consumers/payments.ts).
 */
const EVENTS = {
  pay: { type: 'pay', paymentKey: 'pk_2', stamp: stamp('customer-1') },
  'pay, too late': { type: 'pay', paymentKey: 'pk_2', stamp: stamp('customer-1', PAY_WINDOW_MS) },
  'pay, and wait': { type: 'pay', paymentKey: 'pk_2', waits: true, stamp: stamp('customer-1') },
  wait: { type: 'wait', stamp: stamp('gateway') },
  cancel: { type: 'cancel', stamp: stamp('customer-1') },
  confirm: { type: 'confirm', stamp: stamp('customer-1') },
  seen: { type: 'seen', stamp: stamp('store-1') },
  accept: { type: 'accept', prepMinutes: 20, stamp: stamp('store-1') },
  reject: { type: 'reject', reason: '재료 소진', stamp: stamp('store-1') },
  startCooking: { type: 'startCooking', stamp: stamp('store-1') },
  finishCooking: { type: 'finishCooking', stamp: stamp('store-1') },
  abort: { type: 'abort', reason: '매장 화재', stamp: stamp('ops-1') },
  claim: { type: 'claim', stamp: stamp('rider-1') },
  'claim, another rider': { type: 'claim', stamp: stamp('rider-2') },
  release: { type: 'release', stamp: stamp('rider-1') },
  'release, another rider': { type: 'release', stamp: stamp('rider-2') },
  pick: { type: 'pick', stamp: stamp('rider-1') },
  'pick, another rider': { type: 'pick', stamp: stamp('rider-2') },
  deliver: { type: 'deliver', stamp: stamp('rider-1') },
  'deliver, another rider': { type: 'deliver', stamp: stamp('rider-2') },
  payWindow: DONE.payWindow,
  ticketWindow: DONE.ticketWindow,
  acceptWindow: DONE.acceptWindow,
  confirmWindow: DONE.confirmWindow,
  alertEvery: { ...DONE.alertEvery, stamp: stamp('timer') },
  kitchenSilent: DONE.kitchenSilent,
  riderWindow: DONE.riderWindow,
  claimWindow: { ...DONE.claimWindow, stamp: stamp('timer') },
  deliverWindow: DONE.deliverWindow,
  'time to verify': DONE.verifyTime,
  'verified, charged': DONE.verifiedApproved,
  'verified, not charged': DONE.verifiedAbsent,
  approved: DONE.approved,
  declined: DONE.declined,
  unknown: DONE.unknown,
  'confirmPayment failed': { type: 'xstate.error.actor.confirmPayment', error: { code: 'UNEXPECTED', message: '?' } },
  'found approved': DONE.foundApproved,
  'found declined': { type: 'xstate.done.actor.lookUpPayment', output: DONE.declined.output },
  'found absent': DONE.foundAbsent,
  'found unknown': { type: 'xstate.done.actor.lookUpPayment', output: { kind: 'unknown' } },
  refunded: DONE.refunded,
  'no such event': { type: 'no such event', stamp: stamp('anyone') },
} as const
type EventName = keyof typeof EVENTS
const NAMES = Object.keys(EVENTS) as EventName[]

/** What an order may do: `order payment refund`, whether its store is being called, who holds it → event → where that leads. Whatever is not here is refused. */
const EDGES: Readonly<Record<string, Partial<Record<EventName, string>>>> = {
  'paying idle none': {
    pay: 'paying confirming none',
    'pay, too late': 'paying confirming none' /* until the timer has come */,
    'pay, and wait': 'paymentWaiting confirming none',
    cancel: 'canceled idle none',
    payWindow: 'expired idle none',
  },
  'paying confirming none': {
    wait: 'paymentWaiting confirming none',
    cancel: 'canceled confirming none',
    approved: 'placed approved none ringing',
    declined: 'paymentFailed declined none',
    unknown: 'paying checking none',
    'confirmPayment failed': 'paying checking none',
  },
  'paying checking none': {
    cancel: 'canceled checking none',
    'found approved': 'placed approved none ringing',
    'found declined': 'paymentFailed declined none',
    'found absent': 'paying confirming none',
  },
  'paymentWaiting confirming none': {
    cancel: 'canceled confirming none',
    ticketWindow: 'expired confirming none',
    approved: 'placed approved none ringing',
    declined: 'paymentFailed declined none',
    unknown: 'paymentWaiting checking none',
    'confirmPayment failed': 'paymentWaiting checking none',
  },
  'paymentWaiting checking none': {
    cancel: 'canceled checking none',
    ticketWindow: 'expired checking none',
    'found approved': 'placed approved none ringing',
    'found declined': 'paymentFailed declined none',
    'found absent': 'paymentWaiting confirming none',
  },
  'paymentFailed declined none': {
    pay: 'paying confirming none',
    'pay, and wait': 'paymentWaiting confirming none',
    cancel: 'canceled declined none',
    'time to verify': 'paymentFailed verifying none',
  },
  'paymentFailed verifying none': {
    cancel: 'canceled verifying none',
    'verified, charged': 'expired approved pending',
    'verified, not charged': 'paymentFailed declined none',
  },
  'placed approved none ringing': {
    cancel: 'canceled approved pending',
    seen: 'placed approved none',
    accept: 'accepted approved none',
    reject: 'rejected approved pending',
    abort: 'canceled approved pending',
    acceptWindow: 'expired approved pending',
    alertEvery: 'placed approved none ringing',
  },
  'placed approved none': {
    cancel: 'canceled approved pending',
    accept: 'accepted approved none',
    reject: 'rejected approved pending',
    abort: 'canceled approved pending',
    acceptWindow: 'expired approved pending',
  },
  'accepted approved none': {
    cancel: 'canceled approved pending',
    startCooking: 'cooking approved none',
    abort: 'canceled approved pending',
    kitchenSilent: 'expired approved pending',
  },
  'cooking approved none': {
    finishCooking: 'cooked approved none',
    abort: 'canceled approved pending',
    kitchenSilent: 'expired approved pending',
  },
  'cooked approved none': {
    abort: 'canceled approved pending',
    claim: 'cooked approved none held by rider-1',
    'claim, another rider': 'cooked approved none held by rider-2',
    pick: 'picked approved none by rider-1',
    'pick, another rider': 'picked approved none by rider-2',
    riderWindow: 'expired approved pending',
  },
  'cooked approved none held by rider-1': {
    abort: 'canceled approved pending',
    claim: 'cooked approved none held by rider-1',
    release: 'cooked approved none',
    pick: 'picked approved none by rider-1',
    riderWindow: 'expired approved pending',
    claimWindow: 'cooked approved none',
  },
  'cooked approved none held by rider-2': {
    abort: 'canceled approved pending',
    'claim, another rider': 'cooked approved none held by rider-2',
    'release, another rider': 'cooked approved none',
    'pick, another rider': 'picked approved none by rider-2',
    riderWindow: 'expired approved pending',
    claimWindow: 'cooked approved none',
  },
  'picked approved none by rider-1': {
    abort: 'canceled approved pending',
    deliver: 'delivered approved none',
    deliverWindow: 'expired approved pending',
  },
  'picked approved none by rider-2': {
    abort: 'canceled approved pending',
    'deliver, another rider': 'delivered approved none',
    deliverWindow: 'expired approved pending',
  },
  'delivered approved none': { confirm: 'confirmed approved none', confirmWindow: 'confirmed approved none' },
  'confirmed approved none': {},
  'expired idle none': {},
  'expired confirming none': {
    approved: 'expired approved pending',
    declined: 'expired declined none',
    unknown: 'expired checking none',
    'confirmPayment failed': 'expired checking none',
  },
  'expired checking none': {
    'found approved': 'expired approved pending',
    'found declined': 'expired declined none',
    'found absent': 'expired confirming none',
  },
  'expired declined none': { 'time to verify': 'expired verifying none' },
  'expired approved pending': { refunded: 'expired canceled done' },
  'expired canceled done': {},
  'expired verifying none': { 'verified, charged': 'expired approved pending', 'verified, not charged': 'expired declined none' },
  'rejected approved pending': { refunded: 'rejected canceled done' },
  'rejected canceled done': {},
  'canceled idle none': {},
  'canceled confirming none': {
    approved: 'canceled approved pending',
    declined: 'canceled declined none',
    unknown: 'canceled checking none',
    'confirmPayment failed': 'canceled checking none',
  },
  'canceled checking none': {
    'found approved': 'canceled approved pending',
    'found declined': 'canceled declined none',
    'found absent': 'canceled confirming none',
  },
  'canceled declined none': { 'time to verify': 'canceled verifying none' },
  'canceled approved pending': { refunded: 'canceled canceled done' },
  'canceled canceled done': {},
  'canceled verifying none': { 'verified, charged': 'canceled approved pending', 'verified, not charged': 'canceled declined none' },
}

interface Place {
  readonly order: OrderStatus
  readonly payment: string
  readonly refund: string
  readonly alert: string
  readonly claim: string
  readonly context: OrderContext
  readonly state: PlainState
}

const placeOf = (at: Step): Place => {
  if (at.kind === 'refused') throw new Error('refused')
  const state = JSON.parse(JSON.stringify(at.state)) as PlainState
  return {
    ...(state.value as unknown as Pick<Place, 'order' | 'payment' | 'refund' | 'alert' | 'claim'>),
    context: state.context as unknown as OrderContext,
    state,
  }
}
/** The state with as much of the context as may decide something: the rest (texts, instants, counts) is reduced away. */
const nameOf = ({ order, payment, refund, alert, claim, context }: Place): string =>
  [order, payment, refund, ...(alert === 'ringing' ? [alert] : []), ...(claim === 'held' ? [`held by ${context.rider?.id}`] : [])].join(
    ' ',
  ) + (order === 'picked' ? ` by ${context.rider?.id}` : '')
/** What may differ between two ways into the same named state, and what the invariants ask about. */
const keyOf = (place: Place): string => {
  const { approvedAt, rider, paymentKey, decline, seenAt, cookedAt } = place.context
  return [nameOf(place), ...[approvedAt, rider?.id, paymentKey, decline, seenAt, cookedAt].map(known => known !== undefined)].join(' ')
}

interface Explored {
  readonly places: readonly Place[]
  /** By name: where every event leads that was not refused. */
  readonly edges: ReadonlyMap<string, Partial<Record<EventName, string>>>
}

/** Breadth first over `step` itself, every event in every state. */
const explore = (): Explored => {
  const begun = [{}, { paymentKey: 'pk_1' }, { paymentKey: 'pk_1', waits: true }].map(tap =>
    placeOf(start(orderMachine, { ...aTap(tap), stamp: { ...stamp('customer-1'), at: T0 } })),
  )
  const places = new Map(begun.map(place => [keyOf(place), place]))
  const edges = new Map<string, Partial<Record<EventName, string>>>()
  for (const place of places.values()) {
    const out: Partial<Record<EventName, string>> = {}
    for (const event of NAMES) {
      // An error that nobody awaits never gets past the runtime (STALE); XState itself would end the order over it.
      if (event === 'confirmPayment failed' && place.payment !== 'confirming') continue
      const taken = step(orderMachine, place.state, EVENTS[event])
      if (taken.kind === 'refused') continue
      const to = placeOf(taken)
      out[event] = nameOf(to)
      if (!places.has(keyOf(to))) places.set(keyOf(to), to)
    }
    const before = edges.get(nameOf(place))
    if (before) expect(out, `${nameOf(place)} depends on more than its name says`).to.deep.equal(before)
    edges.set(nameOf(place), out)
  }
  return { places: [...places.values()], edges }
}

describe('the paths of an order', () => {
  const { places, edges } = explore()
  const ended = places.filter(({ order }) => ENDED.includes(order))
  const each = (some: readonly Place[], check: (place: Place) => void): void => {
    expect(some).to.not.be.empty
    for (const place of some) check(place)
  }

  it('are those of the table, one by one, and no others', () => {
    expect(Object.fromEntries(edges)).to.deep.equal(EDGES)
  })

  it('never end in an error', () => {
    each(places, place => expect(place.state.status, nameOf(place)).to.equal('active'))
  })

  it('reach the store only with the money', () => {
    const served: readonly OrderStatus[] = ['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered', 'confirmed']
    each(
      places.filter(({ order }) => served.includes(order)),
      ({ payment, context }) => expect([payment, context.approvedAt !== undefined]).to.deep.equal(['approved', true]),
    )
  })

  it('give back what was taken and nothing else', () => {
    each(
      places.filter(({ refund }) => refund !== 'none'),
      ({ context }) => expect(context.approvedAt).to.not.equal(undefined),
    )
    each(
      ended.filter(({ order, context }) => order !== 'confirmed' && context.approvedAt !== undefined),
      ({ refund, payment }) => expect(`${refund} ${payment}`).to.be.oneOf(['pending approved', 'done canceled']), // O1
    )
  })

  it('have a rider while one holds a claim and from the pick on, and not before', () => {
    const carried: readonly OrderStatus[] = ['picked', 'delivered', 'confirmed']
    const alone: readonly OrderStatus[] = ['paying', 'paymentWaiting', 'paymentFailed', 'placed', 'accepted', 'cooking', 'rejected']
    each(places, ({ order, claim, context }) => {
      if (carried.includes(order) || claim === 'held') expect(context.rider).to.not.equal(undefined)
      if (alone.includes(order) || (order === 'cooked' && claim === 'none')) expect(context.rider).to.equal(undefined)
    })
  })

  it('call the store only while its answer is awaited, and let a rider hold only what is cooked', () => {
    each(places, ({ order, alert, claim }) => {
      if (alert === 'ringing') expect(order).to.equal('placed')
      if (claim === 'held') expect(order).to.equal('cooked')
    })
  })

  it('stay ended, but for another try to pay and for money on its way', () => {
    const still = ({ order, payment, refund }: Place): readonly EventName[] => {
      if (refund === 'pending') return ['refunded']
      if (payment === 'confirming') return ['approved', 'declined', 'unknown', 'confirmPayment failed']
      if (payment === 'checking') return ['found approved', 'found declined', 'found absent']
      const leaving: readonly EventName[] = order === 'paymentFailed' ? ['cancel'] : []
      if (payment === 'verifying') return [...leaving, 'verified, charged', 'verified, not charged']
      if (payment !== 'declined') return leaving
      return [...leaving, 'time to verify', ...(order === 'paymentFailed' ? (['pay', 'pay, and wait'] as const) : [])]
    }
    each(ended, place => expect(Object.keys(edges.get(nameOf(place)) ?? {})).to.have.members(still(place)))
    for (const [from, out] of edges) {
      const status = from.split(' ')[0] as OrderStatus
      if (!ENDED.includes(status) || status === 'paymentFailed') continue
      for (const to of Object.values(out)) expect(to.split(' ')[0]).to.equal(status)
    }
  })

  it('lead to an end from everywhere', () => {
    const rests = places.filter(
      ({ order, payment, refund }) => ENDED.includes(order) && !['confirming', 'checking'].includes(payment) && refund !== 'pending',
    )
    const saved = new Set(rests.map(nameOf))
    for (let before = -1; before < saved.size; ) {
      before = saved.size
      for (const [from, out] of edges) if (Object.values(out).some(to => saved.has(to))) saved.add(from)
    }
    expect([...edges.keys()].filter(from => !saved.has(from))).to.deep.equal([])
  })
})
