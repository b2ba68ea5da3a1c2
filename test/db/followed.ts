import { orderKind } from '../../actors/kinds/order.ts'
import type { Followed } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { evtSubject } from '../../actors/subjects.ts'

/** An order's record as a reader of the log gets it. */
export const followed = (record: ActorRecord, seq: number): Followed<ActorRecord> => ({
  subject: evtSubject({ kind: 'order', id: record.id }, orderKind.route(record.state)),
  seq,
  at: record.at,
  body: record,
  text: JSON.stringify(record),
})
