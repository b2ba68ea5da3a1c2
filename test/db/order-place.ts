import type { Event } from '../../actors/envelope.ts'
import { DEFAULT_WINDOWS } from '../../machines/order-types.ts'

/** The tap that an order begins with. */
export const PLACE: Event = {
  type: 'place',
  store: { id: 'store-1', name: 'Noodles', lat: 37.5, lng: 127.03 },
  customer: { id: 'customer-1', name: 'Kim', phone: '01000000000' },
  items: [{ menuId: 'm1', name: 'Ramyeon', quantity: 2, unitPrice: 4_500, choices: [], lineTotal: 9_000 }],
  total: 9_000,
  deliverTo: { lat: 37.501, lng: 127.031, address: '1 Teheran-ro', cell: '8730e1d8cffffff' },
  note: 'half a pair \ud83d and \0',
  paymentKey: 'pk_1',
  windows: DEFAULT_WINDOWS,
  requestHash: 'hash',
}
