import { createContext, type PropsWithChildren, useCallback, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { OrderView } from '../../server/contract/order-view.ts'
import { useTell } from '../design/notices.tsx'
import type { Taken } from '../shared/offline-queue.ts'
import type { Tap } from '../shared/tap-storage.ts'
import { useWords, type Words } from '../web/language.tsx'
import { useLive } from '../web/live-context.tsx'
import { useSession } from '../web/session-context.tsx'
import { keepOrders, keptOrders } from './kept-orders.ts'
import { Kitchen, type KitchenTaps } from './kitchen.ts'

interface Hands {
  readonly kitchen: Kitchen
  /** Sent as soon as may be. */
  tap(command: Tap): void
  /** Sent after a while in which it can be undone. */
  hold(command: Tap): void
  /** Somebody has looked at these new orders. */
  acknowledge(orders: readonly OrderView[]): void
  /** How often the store had been called when somebody here looked, by order. */
  readonly looked: ReadonlyMap<string, number>
}

const WORDS: Words<{ readonly full: string; readonly notSaved: string }> = {
  ko: {
    full: '보내지 못한 일이 너무 많아 더 저장할 수 없어요. 연결을 먼저 확인해 주세요.',
    notSaved: '이 태블릿에 저장하지 못했어요. 방금 누른 것은 처리되지 않았어요.',
  },
  en: {
    full: 'Too much waits to be sent already. See to the connection first.',
    notSaved: 'This tablet could not save it. What you tapped was not done.',
  },
}

const SAVE_AFTER_MS = 1_000
const Context = createContext<Hands | undefined>(undefined)

/** The hands at this tablet, for as long as somebody is signed in. */
export const KitchenProvider = ({ children }: PropsWithChildren) => {
  const live = useLive()
  const { id = '' } = useSession()
  const words = useWords(WORDS)
  const tell = useTell()
  const [kitchen, setKitchen] = useState<Kitchen>()
  const [looked, setLooked] = useState<ReadonlyMap<string, number>>(new Map())

  useEffect(() => {
    if (!live.connected) for (const order of keptOrders(localStorage, id)) live.orders.take(order)
    const opened = new Kitchen(live, localStorage, id)
    const reread = ({ key }: StorageEvent): void => opened.reread(key, id)
    addEventListener('storage', reread)
    setKitchen(opened)
    return () => {
      removeEventListener('storage', reread)
      opened.close()
      setKitchen(undefined)
    }
  }, [live, id])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const save = (): void => {
      clearTimeout(timer)
      timer = undefined
      keepOrders(localStorage, id, live.orders.all)
    }
    const later = (): void => {
      timer ??= setTimeout(save, SAVE_AFTER_MS)
    }
    const unhear = live.orders.onChange(later)
    addEventListener('pagehide', save)
    return () => {
      unhear()
      removeEventListener('pagehide', save)
      if (timer !== undefined) save()
    }
  }, [live, id])

  const check = useCallback(
    (taken: Taken): void => {
      if (taken.kind === 'refused') tell({ key: 'tap', tone: 'bad', text: taken.code === 'QUEUE_FULL' ? words.full : words.notSaved })
    },
    [tell, words],
  )
  const hands = useMemo((): Hands | undefined => {
    if (!kitchen) return undefined
    return {
      kitchen,
      looked,
      tap: command => check(kitchen.tap(command)),
      hold: command => check(kitchen.hold(command)),
      acknowledge: orders => {
        setLooked(before => new Map([...before, ...orders.map(({ id, alerts = 0 }) => [id, alerts] as const)]))
        for (const { id } of orders) check(kitchen.tap({ name: 'seen', orderId: id }))
      },
    }
  }, [kitchen, looked, check])
  return hands === undefined ? null : <Context value={hands}>{children}</Context>
}

export const useHands = (): Hands => {
  const hands = useContext(Context)
  if (!hands) throw new Error('no KitchenProvider around')
  return hands
}

/** What was tapped and is not over yet. */
export const useTaps = (): KitchenTaps => {
  const { kitchen } = useHands()
  return useSyncExternalStore(kitchen.onChange, () => kitchen.taps)
}
