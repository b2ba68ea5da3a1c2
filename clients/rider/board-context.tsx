import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { distanceM } from '../../machines/distance.ts'
import type { OpenDelivery } from '../../server/contract/pushes.ts'
import type { Place } from '../map/scene.ts'
import { useCall } from '../web/api-context.tsx'
import { distance } from '../web/format.ts'
import { useWords } from '../web/language.tsx'
import { useLive } from '../web/live-context.tsx'
import { Board, type Offer } from './board.ts'
import { BOARD_WORDS } from './board-words.ts'
import { chime } from './chime.ts'
import { useDuty } from './duty-context.tsx'
import { useRiderOrders } from './orders-context.tsx'
import { usePreferences } from './preferences.tsx'

const Context = createContext<Board | undefined>(undefined)

/** As far as a listing goes: farther than any ring. */
const LISTING_M = 6_000
/** Distances are wrong by as much, before they are asked for anew. */
const MEASURE_EVERY_M = 300

/** Heard on every screen: a new delivery calls whoever has nothing in hand. */
export const BoardProvider = ({ children }: PropsWithChildren) => {
  const live = useLive()
  const board = useMemo(() => new Board(), [])
  const { duty, tracked } = useDuty()
  const { sound, buzz } = usePreferences()
  const busy = useRiderOrders().hand.length > 0
  const words = useWords(BOARD_WORDS)
  const [told, setTold] = useState('')

  const { wanted } = duty
  const calling = useRef<(offer: OpenDelivery) => void>(undefined)
  useEffect(() => {
    calling.current = ({ store, distanceM }) => {
      if (busy || !wanted) return
      chime({ sound, buzz })
      setTold(words.arrived(store.name ?? store.id, distance(distanceM)))
    }
  }, [busy, wanted, sound, buzz, words])

  // Also to a device that thinks he is off: by this very message it may learn that he is not.
  useEffect(
    () =>
      live.on('sync', ({ deliveries = [] }) => {
        const [first] = board.sync(deliveries, live.serverNow())
        if (first) calling.current?.(first)
      }),
    [live, board],
  )
  useEffect(() => {
    if (!wanted) {
      board.clear()
      return
    }
    const unhear = [
      live.on('delivery', delivery => {
        if (board.add(delivery, live.serverNow())) calling.current?.(delivery)
      }),
      live.on('delivery:gone', ({ orderId }) => board.remove(orderId)),
    ]
    return () => {
      for (const end of unhear) end()
    }
  }, [live, board, wanted])

  useMeasuring(board, wanted ? tracked.fix : undefined)
  return (
    <Context value={board}>
      {children}
      <p className="visually-hidden" role="status">
        {told}
      </p>
    </Context>
  )
}

/** Who rides on leaves some behind, and comes nearer to others; the server tells neither. */
const useMeasuring = (board: Board, here: Place | undefined): void => {
  const live = useLive()
  const call = useCall()
  const measuredAt = useRef<Place>(undefined)
  useEffect(() => {
    if (!here || !live.connected) return
    measuredAt.current ??= here
    if (board.nearest.length === 0 || distanceM(measuredAt.current, here) < MEASURE_EVERY_M) return
    measuredAt.current = here
    const askedMs = live.serverNow()
    call<OpenDelivery[]>(`/api/deliveries?radiusM=${LISTING_M}`).then(
      listing => board.measure(listing, askedMs),
      () => undefined, // after the next 300 m
    )
  }, [board, here, live, call])
}

export const useBoard = (): { readonly board: Board; readonly offers: readonly Offer[] } => {
  const board = useContext(Context)
  if (!board) throw new Error('no BoardProvider around')
  return { board, offers: useSyncExternalStore(board.onChange, () => board.nearest) }
}
