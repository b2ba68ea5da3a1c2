import { orderKind } from '../../actors/kinds/order.ts'
import type { Entry } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { evtSubject } from '../../actors/subjects.ts'
import { by, PAID, story } from '../../test/db/order-story.ts'

/** A customer and the store where he orders. */
export interface Household {
  readonly customerId: string
  readonly storeId: string
}

/** From the tap to the cooked meal, as the machine itself writes it. */
export const recordsOf = (id: string, { customerId, storeId }: Household): readonly ActorRecord[] =>
  story({
    id,
    customerId,
    storeId,
    events: [
      PAID,
      { type: 'accept', prepMinutes: 20, ...by('store', storeId) },
      { type: 'startCooking', ...by('store', storeId) },
      { type: 'finishCooking', ...by('store', storeId) },
    ],
  })

const [ORDER, CUSTOMER, STORE] = ['o_the_order', 'the_customer', 'the_store']
const TEMPLATE = recordsOf(ORDER, { customerId: CUSTOMER, storeId: STORE }).map(record => JSON.stringify(record))

/** One order on its way: its next record, ready to be committed. */
export class Story {
  readonly #id: string
  readonly #household: Household
  #at = 0
  #seq = 0

  constructor(id: string, household: Household) {
    this.#id = id
    this.#household = household
  }

  get entry(): Entry {
    const { customerId, storeId } = this.#household
    const text = (TEMPLATE[this.#at] ?? '').replaceAll(ORDER, this.#id).replaceAll(CUSTOMER, customerId).replaceAll(STORE, storeId)
    const record = JSON.parse(text) as ActorRecord
    const address = { kind: 'order', id: this.#id }
    return {
      stream: 'ORDERS',
      address,
      subject: evtSubject(address, orderKind.route(record.state)),
      record,
      expectedSeq: this.#seq,
      messages: [],
    }
  }

  /** How many sockets hear of it: its customer's, and its store's once it is paid. */
  get audience(): number {
    return this.#at === 0 ? 1 : 2
  }

  /** @param seq where the record stands now @returns whether there is a next one */
  moved(seq: number): boolean {
    this.#seq = seq
    return ++this.#at < TEMPLATE.length
  }
}
