import useSWRInfinite from 'swr/infinite'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { useCall } from '../../web/api-context.tsx'
import { useLanguage } from '../../web/language.tsx'
import { useSession } from '../../web/session-context.tsx'

const PAGE = 20

interface OrderPage {
  readonly items: readonly OrderView[]
  readonly nextCursor: string | null
}
export interface OrderPages {
  readonly orders: readonly OrderView[] | undefined
  readonly error: unknown
  readonly hasMore: boolean
  readonly isBusy: boolean
  more(): void
  again(): void
}

/** One's own orders, newest first, page by page; each begins where the one before ended. */
export const usePages = (): OrderPages => {
  const call = useCall()
  const { id } = useSession()
  const { language } = useLanguage()
  const pathOf = (index: number, before: OrderPage | null): readonly string[] | null => {
    if (index > 0 && !before?.nextCursor) return null
    const cursor = before?.nextCursor ? `&cursor=${encodeURIComponent(before.nextCursor)}` : ''
    return [`/api/orders?limit=${PAGE}${cursor}`, id ?? '', language]
  }
  const { data, error, size, setSize, isValidating, mutate } = useSWRInfinite<OrderPage, unknown>(pathOf, ([path]: readonly string[]) =>
    call<OrderPage>(path ?? ''),
  )
  return {
    orders: data?.flatMap(({ items }) => items),
    error,
    hasMore: Boolean(data?.at(-1)?.nextCursor),
    isBusy: isValidating && (data?.length ?? 0) < size,
    more: () => void setSize(size + 1),
    again: () => void mutate(),
  }
}
