import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from './client.ts'
import type { Dice } from './dice.ts'
import type { Answer } from './evidence.ts'

export interface Cast {
  readonly customer: Client
  readonly store: Client
  readonly rider: Client
  /** Wants the same deliveries. */
  readonly rival: Client
}

/** How often each way of an order is played. */
export const STORIES = {
  delivered: 8,
  unconfirmed: 1,
  raced: 2,
  claimedAndLeft: 1,
  canceled: 2,
  canceledAtOnce: 1,
  rejected: 1,
  silentStore: 1,
  declined: 1,
  declinedAndPaidAgain: 1,
  timedOut: 2,
  paidLater: 1,
  neverPaid: 1,
} as const
export type Story = keyof typeof STORIES

const HOME = { address: '서울 강남구 테헤란로 152', lat: 37.50006, lng: 127.03655 }
/** Longer than every window: an order that has not moved by then is left to the checker. */
const PATIENCE_MS = 60_000
const LOOK_EVERY_MS = 400
/** Shorter than the time for which a cooked order waits for a rider. */
const BUSY_MS = 15_000
/** A little more than the time for which a claim is held. */
const LAPSED_MS = 3_500

/** Plays one order from its first tap to where its people leave it; timers may end it after that. */
export const play = async (story: Story, cast: Cast, dice: Dice): Promise<void> => {
  const { customer, store } = cast
  const { key, orderId } = customer.newOrder()
  const pay = (paymentKey: string) => customer.act('pay', orderId, { paymentKey: `${paymentKey}_${orderId}` })
  const place = (paymentKey?: string) => customer.place(key, orderId, { ...tap(store, dice), ...paying(paymentKey, orderId) })
  switch (story) {
    case 'delivered':
    case 'unconfirmed':
    case 'raced':
    case 'claimedAndLeft':
      await place('pk_test_good')
      return deliver(story, orderId, cast)
    case 'timedOut':
      await place('pk_test_timeout')
      return deliver('delivered', orderId, cast)
    case 'canceled':
      await place('pk_test_good')
      await Promise.all([
        pause(dice.between(0, 1_000)).then(() => customer.act('cancel', orderId, { reason: '다른 걸 먹기로 했어요' })),
        pause(dice.between(0, 1_000)).then(() => store.act('accept', orderId, { prepMinutes: 10 })),
      ])
      return
    case 'canceledAtOnce':
      await Promise.all([place('pk_test_good'), pause(dice.between(0, 200)).then(() => customer.act('cancel', orderId))])
      return
    case 'rejected':
      await place('pk_test_good')
      if (await reaches(customer, orderId, 'placed')) await store.act('reject', orderId, { reason: '재료 소진' })
      return
    case 'silentStore':
      await place('pk_test_good')
      return
    case 'declined':
      await place('pk_test_decline')
      return
    case 'declinedAndPaidAgain':
      await place('pk_test_decline')
      if (!(await reaches(customer, orderId, 'paymentFailed'))) return
      await pay('pk_test_good')
      return deliver('delivered', orderId, cast)
    case 'paidLater':
      await place()
      await pay('pk_test_good')
      return deliver('delivered', orderId, cast)
    case 'neverPaid':
      await place()
      return
  }
}

const tap = (store: Client, dice: Dice) => ({
  storeId: store.id,
  items: [{ menuId: `m-${store.id.slice('store-'.length)}-1`, quantity: dice.between(1, 3) }],
  deliverTo: HOME,
})
const paying = (paymentKey: string | undefined, orderId: string) =>
  paymentKey === undefined ? {} : { paymentKey: `${paymentKey}_${orderId}` }

/** From the paid order to its delivery. Whoever is refused leaves it there. */
const deliver = async (story: 'delivered' | 'unconfirmed' | 'raced' | 'claimedAndLeft', orderId: string, cast: Cast): Promise<void> => {
  const { customer, store, rider, rival } = cast
  if (!(await reaches(customer, orderId, 'placed'))) return
  if ((await store.act('accept', orderId, { prepMinutes: 10 })).kind !== 'moved') return
  if ((await store.act('startCooking', orderId)).kind !== 'moved') return
  if ((await store.act('finishCooking', orderId)).kind !== 'moved') return
  if (story === 'claimedAndLeft') {
    await whenFree(rider, 'claim', orderId) // it lapses, and is open for the rival again
    await pause(LAPSED_MS)
  }
  const claims = story === 'raced' ? [rider, rival] : story === 'claimedAndLeft' ? [rival] : [rider]
  const claimed = await Promise.all(claims.map(async who => ({ who, answer: await whenFree(who, 'pick', orderId) })))
  const winner = claimed.find(({ answer }) => answer.kind === 'moved')?.who
  if (!winner || (await winner.act('deliver', orderId)).kind !== 'moved') return
  if (story !== 'unconfirmed') await customer.act('confirm', orderId)
}

/** A rider who has another delivery in hand asks again when he may be done with it. */
const whenFree = async (who: Client, name: 'claim' | 'pick', orderId: string): Promise<Answer> => {
  const until = Date.now() + BUSY_MS
  for (;;) {
    const answer = await who.act(name, orderId)
    if (answer.kind !== 'refused' || answer.code !== 'RIDER_BUSY' || Date.now() > until) return answer
    await pause(LOOK_EVERY_MS)
  }
}

/** Looks until the order is no longer being paid. */
const reaches = async (customer: Client, orderId: string, wanted: string): Promise<boolean> => {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const { status } = (await customer.read(orderId)) ?? {}
    if (status === wanted) return true
    if (status !== undefined && status !== 'paying' && status !== 'paymentWaiting') return false
    await pause(LOOK_EVERY_MS)
  }
  return false
}
