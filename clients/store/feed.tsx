import { createContext, type PropsWithChildren, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { RiderHidden, RiderLocation } from '../../server/contract/pushes.ts'
import { useLive, usePush } from '../web/live-context.tsx'
import { type RiderAway, riderAway } from './rider-places.ts'
import { useStore } from './use-store.ts'

interface Feed {
  /** Everything open, newest first. */
  readonly orders: readonly OrderView[]
  /** How far the riders of claimed orders are from the store, by order; nothing of one who was not heard of for a while. */
  readonly away: ReadonlyMap<string, RiderAway>
}

/** What comes within so much is shown at once: after a lost line a hundred orders may move in a breath. Nobody's eye is faster. */
const TOGETHER_MS = 40
const Context = createContext<Feed | undefined>(undefined)

/** What the server tells this tablet, read once for all who show it. */
export const FeedProvider = ({ children }: PropsWithChildren) => {
  const orders = useOpenOrders()
  const away = useRidersAway()
  const feed = useMemo(() => ({ orders, away }), [orders, away])
  return <Context value={feed}>{children}</Context>
}

export const useFeed = (): Feed => {
  const feed = useContext(Context)
  if (!feed) throw new Error('no FeedProvider around')
  return feed
}

const useOpenOrders = (): readonly OrderView[] => {
  const live = useLive()
  const [orders, setOrders] = useState(live.orders.all)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (): void => {
      timer = undefined
      setOrders(live.orders.all)
    }
    const soon = (): void => {
      timer ??= setTimeout(show, TOGETHER_MS)
    }
    show()
    const unhear = live.orders.onChange(soon)
    return () => {
      unhear()
      clearTimeout(timer)
    }
  }, [live])
  return orders
}

const useRidersAway = (): ReadonlyMap<string, RiderAway> => {
  const { store } = useStore()
  const [places, setPlaces] = useState<ReadonlyMap<string, RiderLocation>>(new Map())
  const moved = useCallback((location: RiderLocation): void => setPlaces(before => new Map(before).set(location.orderId, location)), [])
  const hidden = useCallback(
    ({ orderId }: RiderHidden): void => setPlaces(before => new Map([...before].filter(([id]) => id !== orderId))),
    [],
  )
  usePush('rider:location', moved)
  usePush('rider:hidden', hidden)
  return useMemo(
    () => new Map(store === undefined ? [] : [...places].map(([orderId, location]) => [orderId, riderAway(store, location)])),
    [places, store],
  )
}
