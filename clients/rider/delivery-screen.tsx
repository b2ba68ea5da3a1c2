import { Link } from 'wouter'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Card } from '../design/card.tsx'
import { useRead } from '../web/api-context.tsx'
import { useWords } from '../web/language.tsx'
import { Problem } from '../web/problem.tsx'
import { useSession } from '../web/session-context.tsx'
import { Delivery } from './delivery.tsx'
import { isMine } from './delivery-step.ts'
import { DELIVERY_WORDS } from './delivery-words.ts'
import { useRiderOrders } from './orders-context.tsx'

/** One delivery by its address: his own as it happens, an older one, or one that has ended without him, as it was left; another's not at all. */
export const DeliveryScreen = ({ orderId }: { readonly orderId: string }) => {
  const { id = '' } = useSession()
  const words = useWords(DELIVERY_WORDS)
  const live = useRiderOrders().orders.find(order => order.id === orderId && isMine(order, id))
  const { data, error, mutate } = useRead<OrderView>(live ? null : `/api/orders/${orderId}`)
  const order = live ?? (data?.id === orderId && isMine(data, id) ? data : undefined)
  // What was read of it before is his no longer, whatever it says.
  if (!live && isForbidden(error)) return <NotYours />
  if (order) return <Delivery order={order} />
  if (data?.id === orderId) return <NotYours />
  if (error !== undefined) return <Problem error={error} onAgain={() => void mutate()} />
  return <p className="soft">{words.loading}</p>
}

const isForbidden = (error: unknown): boolean => {
  const { status } = (error ?? {}) as { readonly status?: number }
  return status === 403 || status === 404
}

const NotYours = () => {
  const words = useWords(DELIVERY_WORDS)
  return (
    <Card>
      <h1>{words.notYours}</h1>
      <p className="soft">{words.notYoursWhy}</p>
      <Link className="button button-primary button-large" href="/">
        {words.next}
      </Link>
    </Card>
  )
}
