import { createContext, type PropsWithChildren, useCallback, useContext, useMemo, useState } from 'react'
import type { OrderView } from '../../../server/contract/order-view.ts'
import type { PaymentTicket, RiderHidden, RiderLocation } from '../../../server/contract/pushes.ts'
import { useLive, usePush } from '../../web/live-context.tsx'

/** Where an order's rider is, as far as that is known and may be told. */
type Place =
  | ({ readonly kind: 'shown' } & Pick<RiderLocation, 'lat' | 'lng' | 'at' | 'stale'>)
  | ({ readonly kind: 'hidden' } & Pick<RiderHidden, 'at'>)
export type RiderNews = Place & { readonly riderId: string | undefined }

interface News {
  readonly tickets: ReadonlyMap<string, PaymentTicket>
  readonly riders: ReadonlyMap<string, RiderNews>
}

const Context = createContext<News>({ tickets: new Map(), riders: new Map() })

/** What is said beside the orders themselves. It is said once, so it is heard on every page and kept for the one that shows it. */
export const NewsProvider = ({ children }: PropsWithChildren) => {
  const [tickets, setTickets] = useState<News['tickets']>(new Map())
  const [riders, setRiders] = useState<News['riders']>(new Map())
  const live = useLive()
  // The order comes before its rider's place: so it is known whose place it is.
  const heard = useCallback(
    (orderId: string, news: Place) => {
      const riderId = live.orders.get(orderId)?.rider?.id
      setRiders(known => new Map(known).set(orderId, { riderId, ...news }))
    },
    [live],
  )
  usePush(
    'payment:ticket',
    useCallback(ticket => setTickets(known => new Map(known).set(ticket.orderId, ticket)), []),
  )
  usePush(
    'rider:location',
    useCallback(({ orderId, lat, lng, at, stale }) => heard(orderId, { kind: 'shown', lat, lng, at, stale }), [heard]),
  )
  usePush(
    'rider:hidden',
    useCallback(({ orderId, at }) => heard(orderId, { kind: 'hidden', at }), [heard]),
  )
  const news = useMemo(() => ({ tickets, riders }), [tickets, riders])
  return <Context value={news}>{children}</Context>
}

export const useTicket = (orderId: string): PaymentTicket | undefined => useContext(Context).tickets.get(orderId)
/** Of the rider who has it now, not of one who had it before. */
export const useRider = ({ id, rider }: Pick<OrderView, 'id' | 'rider'>): RiderNews | undefined => {
  const news = useContext(Context).riders.get(id)
  return news && news.riderId === rider?.id ? news : undefined
}
