import { Kept, useKept } from '../../web/kept.ts'

type Sent = Readonly<Record<string, string>>

const isSent = (read: unknown): read is Sent => typeof read === 'object' && read !== null && !Array.isArray(read)
const kept = new Kept<Sent>('sent payments', {}, isSent)
/** An order that is not paid within ten minutes is over: more of them than this are not under way on one phone. */
const MOST = 20

/** A payment is on its way under this key. It is the key of the request as well: sent again, it pays once. */
export const noteSent = (orderId: string, paymentKey: string): void => {
  const { [orderId]: _before, ...others } = kept.value
  kept.set(Object.fromEntries([...Object.entries(others).slice(1 - MOST), [orderId, paymentKey]]))
}

/** It came to nothing, and the server has never heard of it. */
export const forgetSent = (orderId: string): void => {
  const { [orderId]: _gone, ...others } = kept.value
  kept.set(others)
}

/** Under which key a payment of this order was sent from this device; undefined: none was. */
export const useSent = (orderId: string): string | undefined => useKept(kept)[orderId]
