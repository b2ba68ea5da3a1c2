import { evtSubject } from '../../actors/subjects.ts'
import { type Household, recordsOf } from './story.ts'

/** Of an order, as wide as every other. */
export const orderIdOf = (n: number): string => `o_bench_${String(n).padStart(12, '0')}`

const [ORDER, CUSTOMER, STORE] = [orderIdOf(0), 'c'.repeat(20), 's'.repeat(16)]

/**
 * Records of a story as bytes, with other names written over the first ones: 2 µs each, where making them costs 30. What feeds a server must not
 * take its cores. Names must be as wide as those they take the place of: customers 20 letters, stores 16.
 */
const STAMPS = recordsOf(ORDER, { customerId: CUSTOMER, storeId: STORE }).map(record => {
  const bytes = Buffer.from(JSON.stringify(record))
  const placesOf = (name: string): readonly number[] => {
    const places: number[] = []
    for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) places.push(at)
    return places
  }
  return { bytes, order: placesOf(ORDER), customer: placesOf(CUSTOMER), store: placesOf(STORE), audience: record.version === 1 ? 1 : 2 }
})

export interface Stamped {
  readonly subject: string
  readonly bytes: Uint8Array
  /** Sockets that hear of it. */
  readonly audience: number
}

/** An order's whole story. @param n from 1 */
export const stamp = (n: number, { customerId, storeId }: Household): readonly Stamped[] => {
  const id = orderIdOf(n)
  const subject = `live.${evtSubject({ kind: 'order', id }, [storeId, customerId])}`
  return STAMPS.map(({ bytes, order, customer, store, audience }) => {
    const copy = Buffer.from(bytes)
    for (const at of order) copy.write(id, at, 'latin1')
    for (const at of customer) copy.write(customerId, at, 'latin1')
    for (const at of store) copy.write(storeId, at, 'latin1')
    return { subject, bytes: copy, audience }
  })
}
