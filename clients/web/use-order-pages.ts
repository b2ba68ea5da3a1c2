import { useCallback } from 'react'
import useSWRInfinite from 'swr/infinite'
import type { OrderView } from '../../server/contract/order-view.ts'
import { useCall } from './api-context.tsx'
import { useLanguage } from './language.tsx'
import { useSession } from './session-context.tsx'

interface OrderPage {
  readonly items: readonly OrderView[]
  readonly nextCursor: string | null
}

export interface OrderPages {
  /** Undefined until the first page is there. */
  readonly orders: readonly OrderView[] | undefined
  readonly error: unknown
  readonly hasMore: boolean
  /** A page that was asked for is not there yet. */
  readonly isLacking: boolean
  /** Something is being asked just now. */
  readonly isAsking: boolean
  more(): void
  again(): void
}

/** One's own orders, newest first, page by page; each begins where the one before ended. @param limit orders in a page, 1…100 */
export const useOrderPages = (limit: number): OrderPages => {
  const call = useCall()
  const { id } = useSession()
  const { language } = useLanguage()
  const keyOf = (index: number, before: OrderPage | null): readonly string[] | null => {
    if (index > 0 && !before?.nextCursor) return null
    const cursor = before?.nextCursor ? `&cursor=${encodeURIComponent(before.nextCursor)}` : ''
    return [`/api/orders?limit=${limit}${cursor}`, id ?? '', language]
  }
  const { data, error, isLoading, isValidating, size, setSize, mutate } = useSWRInfinite<OrderPage, unknown>(
    keyOf,
    ([path = '']: readonly string[]) => call<OrderPage>(path),
  )
  return {
    orders: data?.flatMap(({ items }) => items),
    error,
    hasMore: Boolean(data?.at(-1)?.nextCursor),
    isLacking: isLoading || (data !== undefined && data.length < size),
    isAsking: isValidating,
    more: () => void setSize(size + 1),
    again: useCallback(() => void mutate(), [mutate]),
  }
}
