import type { Command } from '../../clients/shared/commands.ts'
import type { Live } from '../../clients/shared/live.ts'
import type { CommandName, PlaceBody } from '../../server/contract/order-commands.ts'
import { orderIdOf } from '../../server/gateway/fingerprint.ts'
import type { Histogram } from '../histogram.ts'
import type { Told } from './told.ts'

/** A person with a connected app. */
export interface Guest {
  readonly id: string
  readonly live: Live
}
/** A rider; his app hears of deliveries near. */
export interface RiderGuest extends Guest {
  /** Settled when his app has shown this delivery. @throws Error when it has not within `withinMs` */
  offered(orderId: string, withinMs: number): Promise<void>
}

export interface Cast {
  readonly customer: Guest
  readonly store: Guest
  /** Comes when the food is cooked. */
  readonly rider: RiderGuest
}

export interface Script {
  /** Unique in this run: the customer's idempotency key. */
  readonly key: string
  readonly meal: PlaceBody['items']
  readonly deliverTo: PlaceBody['deliverTo']
  readonly storeId: string
}

/** What is written down of every lifecycle. */
export interface Notes {
  readonly told: Told
  readonly commandMs: Histogram
  readonly byCommand: Readonly<Record<string, Histogram>>
}

/** A push that has not come by then has failed its order. */
const TOLD_WITHIN_MS = 15_000

/** A command that was not answered with ok, or a push that did not come: the word for the table of failures. */
export class Failed extends Error {}

/**
 * One order from the tap to the confirmation, as the apps do it: the store answers when its tablet has shown the order, the rider goes when
 * his app has shown the delivery, everyone else when he was answered.
 * @returns the order's id @throws Failed
 */
export const live = async ({ customer, store, rider }: Cast, { key, meal, deliverTo, storeId }: Script, notes: Notes): Promise<string> => {
  const { told } = notes
  const orderId = orderIdOf(customer.id, key)
  const act = (who: Guest, name: CommandName, body: object = {}): Promise<void> => command(who, name, { orderId, ...body }, notes)
  told.follow(orderId)
  try {
    await command(customer, 'place', { idempotencyKey: key, storeId, items: meal, deliverTo }, notes)
    await act(customer, 'pay', { paymentKey: `pk_test_${orderId}` })
    await told.until(orderId, 'store', 'placed', TOLD_WITHIN_MS).catch(failed)
    await act(store, 'accept', { prepMinutes: 15 })
    await act(store, 'startCooking')
    const offered = rider.offered(orderId, TOLD_WITHIN_MS)
    await Promise.all([act(store, 'finishCooking'), offered.catch(failed)])
    await act(rider, 'pick')
    await act(rider, 'deliver')
    await act(customer, 'confirm')
    told.end(orderId)
    return orderId
  } catch (error) {
    told.forget(orderId)
    throw error
  }
}

const failed = (error: Error): never => {
  throw new Failed(error.message)
}

const command = async (who: Guest, name: CommandName, fields: object, { commandMs, byCommand }: Notes): Promise<void> => {
  const askedMs = performance.now()
  const ack = await who.live.command({ name, ...fields } as Command).catch(() => undefined)
  const tookMs = performance.now() - askedMs
  commandMs.add(tookMs)
  byCommand[name]?.add(tookMs)
  if (!ack?.ok) throw new Failed(`${name} ${ack ? ack.error.code : 'NO_ANSWER'}`)
}
