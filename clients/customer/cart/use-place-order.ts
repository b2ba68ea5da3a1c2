import type { OrderView } from '../../../server/contract/order-view.ts'
import { useLive } from '../../web/live-context.tsx'
import { type Asking, useAsking } from '../asking.ts'
import type { DeliveryPlace } from '../stores/place.ts'
import { type FilledCart, wantedOf } from './cart.ts'
import { isTaken, keyOf } from './order-intent.ts'
import { type RefusedOrder, refusedOrder } from './refused-order.ts'

export type Placing = Asking<RefusedOrder>

interface OrderPlacing {
  readonly placing: Placing
  /** Undefined: it was not taken, and `placing` says why; or it is being asked already. */
  place(cart: FilledCart, deliverTo: DeliveryPlace, note: string): Promise<OrderView | undefined>
}

/** Takes a cart to the server, without paying. @param onRefused the server has looked, and said no */
export const usePlaceOrder = (onRefused: (refused: RefusedOrder) => void): OrderPlacing => {
  const live = useLive()
  const { asking, ask } = useAsking<RefusedOrder>()
  const place: OrderPlacing['place'] = ({ store, lines }, deliverTo, note) =>
    ask(async () => {
      const said = note.trim()
      const wish = {
        name: 'place',
        storeId: store.id,
        items: lines.map(wantedOf),
        deliverTo,
        ...(said === '' ? {} : { note: said }),
      } as const
      const ack = await live.command({ ...wish, idempotencyKey: keyOf(wish) })
      if (ack.ok) {
        isTaken()
        return { ok: true, yes: ack.order }
      }
      const refused = refusedOrder(ack.error)
      onRefused(refused)
      return { ok: false, refused }
    })
  return { placing: asking, place }
}
