import type { By, Event } from '../../actors/envelope.ts'
import type { Entry } from '../../actors/log.ts'
import { DEFAULT_WINDOWS, type PlaceEvent } from '../../machines/order-types.ts'
import { aTap, DONE } from '../machines/order-stories.ts'
import { Course } from './course.ts'

export const CUSTOMER: By = { role: 'customer', id: 'customer-1' }
export const STORE: By = { role: 'store', id: 'store-1' }
export const rider = (number: number): By => ({ role: 'rider', id: `rider-${number}` })

/** Shorter than a host's sweep (15 s), which would only cost time: 10,000 races wind the clock past it. */
export const ACCEPT_MS = 1_000
/** Nobody calls the store again here: the race is between its answer and its deadline. */
const windows = { ...DEFAULT_WINDOWS, acceptMs: ACCEPT_MS, alertMs: 2 * ACCEPT_MS }

/** The last record of an order that came this far, with the messages written beside it, ready to be put into another log. */
const lastEntryAfter = async (tap: PlaceEvent, ...events: readonly (readonly [By, Event])[]): Promise<Entry> => {
  const course = await Course.open()
  for (const [by, event] of [[CUSTOMER, { ...tap }] as const, ...events]) {
    const invoked = (await course.records()).at(-1)?.waits.invokes[by.id]
    const reply = await course.ask(by, event, invoked ? { answers: { wait: 'invoke', id: by.id, n: invoked.n } } : {})
    if (reply.kind !== 'moved') throw new Error(`${event.type} was ${JSON.stringify(reply)}`)
  }
  const last = course.log.written.at(-1)
  if (!last) throw new Error('nothing was written')
  return { ...last, expectedSeq: 0 }
}

/** Speaks for the worker of that name. */
const PAYMENTS: By = { role: 'system', id: 'confirmPayment' }

const approved = [PAYMENTS, DONE.approved] as const
const accepted = [STORE, { type: 'accept', prepMinutes: 20 }] as const
const paidTap = aTap({ paymentKey: 'pk_test_1', windows })

export const unpaidOrder = () => lastEntryAfter(aTap({ windows }))
export const placedOrder = () => lastEntryAfter(paidTap, approved)
export const acceptedOrder = () => lastEntryAfter(paidTap, approved, accepted)
export const cookedOrder = () =>
  lastEntryAfter(paidTap, approved, accepted, [STORE, { type: 'startCooking' }], [STORE, { type: 'finishCooking' }])
