import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useState } from 'react'
import type { OrderView } from '../../server/contract/order-view.ts'
import { useLive, useOrders } from '../web/live-context.tsx'
import { useSession } from '../web/session-context.tsx'
import { inHand } from './delivery-step.ts'

interface RiderOrders {
  /** Everything of his that is open. */
  readonly orders: readonly OrderView[]
  /** To be carried now, the older first. */
  readonly hand: readonly OrderView[]
}

const Context = createContext<RiderOrders>({ orders: [], hand: [] })

/**
 * The orders of the rider. What he has in hand is kept on the device while he has it: a phone that throws the app away in a tunnel shows the
 * door again without a line. Once there was a line, the server alone says what is his.
 */
export const OrdersProvider = ({ children }: PropsWithChildren) => {
  const live = useLive()
  const { id = '' } = useSession()
  const told = useOrders()
  const name = nameOf(id)
  const [synced, setSynced] = useState(live.connected)
  useEffect(() => {
    setSynced(live.connected)
    return live.on('sync', () => setSynced(true))
  }, [live])
  const orders = useMemo(() => (synced ? told : kept(name)), [synced, told, name])
  const hand = useMemo(() => inHand(orders, id), [orders, id])
  useEffect(() => {
    if (synced) keep(name, hand)
  }, [synced, name, hand])
  const value = useMemo(() => ({ orders, hand }), [orders, hand])
  return <Context value={value}>{children}</Context>
}

export const useRiderOrders = (): RiderOrders => useContext(Context)

const nameOf = (riderId: string): string => `baedal in hand ${riderId}`

/** Who signs out leaves no address behind. */
export const forgetOrders = (riderId: string): void => localStorage.removeItem(nameOf(riderId))

const kept = (name: string): readonly OrderView[] => {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '[]') as readonly OrderView[]
  } catch {
    return []
  }
}

/** Addresses are no longer than needed on a phone that may be lost. */
const keep = (name: string, orders: readonly OrderView[]): void => {
  try {
    if (orders.length === 0) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(orders))
  } catch {
    // A full storage: they are shown for as long as the app is open.
  }
}
