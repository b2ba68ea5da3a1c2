import { useCallback } from 'react'
import useSWRInfinite from 'swr/infinite'
import type { OrderView } from '../../server/contract/order-view.ts'
import { useCall } from '../web/api-context.tsx'
import { usePush } from '../web/live-context.tsx'
import { useSession } from '../web/session-context.tsx'

interface OrderPage {
  readonly items: readonly OrderView[]
  readonly nextCursor?: string | null
}

export interface History {
  /** Undefined until the first page is there. */
  readonly orders: readonly OrderView[] | undefined
  readonly error: unknown
  readonly loading: boolean
  readonly hasMore: boolean
  more(): void
  again(): void
}

const PAGE = 30

/** What was his, newest first, page by page; read again whenever an order of his moves. */
export const useHistory = (): History => {
  const call = useCall()
  const { id } = useSession()
  const keyOf = (index: number, before: OrderPage | null): readonly string[] | null => {
    if (index === 0) return [`/api/orders?limit=${PAGE}`, id ?? '']
    return before?.nextCursor ? [`/api/orders?limit=${PAGE}&cursor=${encodeURIComponent(before.nextCursor)}`, id ?? ''] : null
  }
  const { data, error, isLoading, size, setSize, mutate } = useSWRInfinite<OrderPage, unknown>(keyOf, ([path = '']: readonly string[]) =>
    call<OrderPage>(path),
  )
  const again = useCallback(() => void mutate(), [mutate])
  usePush('order', again)
  return {
    orders: data?.flatMap(({ items }) => items),
    error,
    loading: isLoading || (data !== undefined && data.length < size),
    hasMore: Boolean(data?.at(-1)?.nextCursor),
    more: () => void setSize(size + 1),
    again,
  }
}
