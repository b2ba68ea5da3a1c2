import { useRef, useState } from 'react'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { useLive } from '../../web/live-context.tsx'
import type { DeliveryPlace } from '../stores/place.ts'
import { type FilledCart, wantedOf } from './cart.ts'
import { isTaken, keyOf } from './order-intent.ts'
import { type RefusedOrder, refusedOrder } from './refused-order.ts'

export type Placing =
  | { readonly at: 'rest' }
  | { readonly at: 'busy' }
  | { readonly at: 'refused'; readonly refused: RefusedOrder }
  /** Nothing was sent, or nobody knows: the next tap asks under the same key. */
  | { readonly at: 'silent'; readonly error: unknown }

interface OrderPlacing {
  readonly placing: Placing
  /** Undefined: it was not taken, and `placing` says why; or it is being asked already. */
  place(cart: FilledCart, deliverTo: DeliveryPlace, note: string): Promise<OrderView | undefined>
}

/** Takes a cart to the server, without paying. @param onRefused the server has looked, and said no */
export const usePlaceOrder = (onRefused: (refused: RefusedOrder) => void): OrderPlacing => {
  const live = useLive()
  const [placing, setPlacing] = useState<Placing>({ at: 'rest' })
  const isBusy = useRef(false)
  const place: OrderPlacing['place'] = async ({ store, lines }, deliverTo, note) => {
    if (isBusy.current) return undefined
    isBusy.current = true
    setPlacing({ at: 'busy' })
    const said = note.trim()
    const wish = {
      name: 'place',
      storeId: store.id,
      items: lines.map(wantedOf),
      deliverTo,
      ...(said === '' ? {} : { note: said }),
    } as const
    try {
      const ack = await live.command({ ...wish, idempotencyKey: keyOf(wish) })
      if (!ack.ok) {
        const refused = refusedOrder(ack.error)
        setPlacing({ at: 'refused', refused })
        onRefused(refused)
        return undefined
      }
      isTaken()
      setPlacing({ at: 'rest' })
      return ack.order
    } catch (error) {
      setPlacing({ at: 'silent', error })
      return undefined
    } finally {
      isBusy.current = false
    }
  }
  return { placing, place }
}
