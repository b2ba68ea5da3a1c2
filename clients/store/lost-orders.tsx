import { useCallback, useEffect, useRef, useState } from 'react'
import type { ExpiryReason } from '../../machines/order-types.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { useCall } from '../web/api-context.tsx'
import { useWords } from '../web/language.tsx'
import { STATUS_WORDS } from '../web/status-words.ts'
import { changeOf, type Lost, lostAs } from './ended.ts'
import { useFeed } from './feed.tsx'
import { useTaps } from './kitchen-context.tsx'
import { LOST_WORDS } from './lost-words.ts'
import { ToldList } from './told-list.tsx'

/** Orders that were in hand and ended elsewhere: a card must not vanish from under a cook without a word. */
export const LostOrders = () => {
  const words = useWords(LOST_WORDS)
  const { lost, dismiss } = useLostOrders()
  const rows = lost.map(each => ({
    key: each.order.id,
    orderId: each.order.id,
    text: <LostText {...each} />,
    onDismiss: () => dismiss(each.order.id),
  }))
  return <ToldList title={words.title(lost.length)} rows={rows} dismiss={words.dismiss} />
}

const LostText = ({ order: { status, reason }, was }: Lost) => {
  const words = useWords(LOST_WORDS)
  const statuses = useWords(STATUS_WORDS)
  const expired = words.expired[reason as ExpiryReason] ?? words.expiredSomehow
  return (
    <>
      <span className="soft">{words.was(statuses[was])}</span> <strong>{status === 'canceled' ? words.canceled : expired}</strong>{' '}
      {status === 'canceled' && reason !== undefined && words.because(reason)}
    </>
  )
}

const useLostOrders = (): { readonly lost: readonly Lost[]; readonly dismiss: (orderId: string) => void } => {
  const { orders } = useFeed()
  const call = useCall()
  const before = useRef(orders)
  const [lost, setLost] = useState<readonly Lost[]>([])
  const told = useToldByRefusals()
  const add = useCallback((more: readonly Lost[]): void => {
    if (more.length > 0) setLost(known => [...known.filter(({ order }) => !more.some(each => each.order.id === order.id)), ...more])
  }, [])
  useEffect(() => {
    const change = changeOf(before.current, orders)
    before.current = orders
    add(change.lost)
    // It ended while the tablet was away. Whoever cannot be asked now says nothing: the columns are right all the same.
    for (const { id, status } of change.gone)
      call<OrderView>(`/api/orders/${id}`).then(
        order => add(lostAs(order, status)),
        () => undefined,
      )
  }, [orders, call, add])
  const dismiss = (orderId: string): void => setLost(known => known.filter(({ order }) => order.id !== orderId))
  return { lost: lost.filter(({ order }) => !told.has(order.id)), dismiss }
}

/** A tap that was refused has told of its order's end already, also when that was read and put away. */
const useToldByRefusals = (): ReadonlySet<string> => {
  const { refused } = useTaps()
  const [told, setTold] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (refused.length > 0) setTold(known => new Set([...known, ...refused.map(({ command }) => command.orderId)]))
  }, [refused])
  return told
}
