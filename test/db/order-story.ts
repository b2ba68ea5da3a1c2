import type { By, Event } from '../../actors/envelope.ts'
import type { Stamped } from '../../actors/kinds/kind.ts'
import { orderKind } from '../../actors/kinds/order.ts'
import { type ActorRecord, NOTHING_AWAITED } from '../../actors/record.ts'
import { DEFAULT_WINDOWS } from '../../machines/order-types.ts'

export const NOON = Date.parse('2026-03-02T12:00:00.000Z')

export interface Told {
  readonly id: string
  readonly customerId?: string
  readonly storeId?: string
  readonly note?: string
  /** The customer's. */
  readonly phone?: string
  /** When it is placed; each further event comes a second later. */
  readonly atMs?: number
  readonly events?: readonly (Event & { readonly by?: By })[]
}

const SYSTEM: By = { role: 'system', id: 'confirmPayment' }
export const PAID: Event & { by: By } = {
  type: 'xstate.done.actor.confirmPayment',
  output: { kind: 'approved', approvedAt: '2026-03-02T12:00:01.000Z' },
  by: SYSTEM,
}
export const by = (role: By['role'], id: string): { readonly by: By } => ({ by: { role, id } })

/** The records that the order machine itself writes when it lives through these events. */
export const story = ({
  id,
  customerId = 'customer-1',
  storeId = 'store-1',
  note,
  phone = '01000000000',
  atMs = NOON,
  events = [],
}: Told): ActorRecord[] => {
  const customer: By = { role: 'customer', id: customerId }
  const place: Event & { readonly by: By } = {
    type: 'place',
    store: { id: storeId, name: 'Noodles', lat: 37.5, lng: 127.03 },
    customer: { id: customerId, name: 'Kim', phone },
    items: [{ menuId: 'm1', name: 'Ramyeon', quantity: 2, unitPrice: 4_500, choices: [], lineTotal: 9_000 }],
    total: 9_000,
    deliverTo: { lat: 37.501, lng: 127.031, address: '1 Teheran-ro', cell: '8730e1d8cffffff' },
    ...(note === undefined ? {} : { note }),
    paymentKey: 'pk_test_1',
    windows: DEFAULT_WINDOWS,
    requestHash: 'hash',
    by: customer,
  }
  const records: ActorRecord[] = []
  for (const [i, { by: who = customer, ...event }] of [place, ...events].entries()) {
    const at = new Date(atMs + i * 1_000).toISOString()
    const stamped: Stamped = { ...event, type: event.type, stamp: { id, at, by: who, commandId: `${id}:${i}` } }
    const before = records.at(-1)
    const step = before ? orderKind.step(before.state, stamped) : orderKind.start(stamped)
    if (step.kind !== 'moved') throw new Error(`${event.type} does not move ${id}`)
    records.push({
      v: 1,
      id,
      machine: orderKind.machine,
      version: i + 1,
      at,
      by: who,
      commandId: `${id}:${i}`,
      event: { ...event, type: event.type },
      state: step.state,
      waits: NOTHING_AWAITED,
      replies: [],
    })
  }
  return records
}
