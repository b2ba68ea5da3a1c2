import type { Command } from '../../actors/envelope.ts'
import { nextInInbox, putInInbox } from '../../actors/inbox.ts'
import { orderKind } from '../../actors/kinds/order.ts'
import type { Log } from '../../actors/log.ts'
import { failsAs } from '../contract/errors.ts'
import type { OrderRow } from './reads.ts'

/*
 * Orders that were taken while no host answered. Their command waits in the inbox, nothing of them is written yet: version 0.
 */

/** Takes an order durably; it begins when a host is back. @throws ApiError LOG_UNAVAILABLE: not even the log could take it */
export const takeOrder = async (log: Log, command: Command): Promise<OrderRow> => {
  const row = asItWillBegin(command)
  await putInInbox(log, command).catch(failsAs('LOG_UNAVAILABLE'))
  return row
}

/** The order that waits under this id, if one does; it may have begun since. @throws ApiError LOG_UNAVAILABLE */
export const takenOrder = async (log: Log, id: string): Promise<OrderRow | undefined> => {
  const command = await nextInInbox(log, { kind: 'order', id }).catch(failsAs('LOG_UNAVAILABLE'))
  return command?.event.type === orderKind.creates ? asItWillBegin(command) : undefined
}

/** The machine is pure, so it can say beforehand what it will begin with. */
const asItWillBegin = ({ address: { id }, event, by, commandId, at }: Command): OrderRow => {
  const step = orderKind.start({ ...event, stamp: { id, at, by, commandId } })
  if (step.kind !== 'moved') throw new Error(`an order that does not begin: ${id}`)
  return { id, version: 0, at, state: step.state }
}
