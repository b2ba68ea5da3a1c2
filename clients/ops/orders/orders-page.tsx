import { type FormEvent, useEffect, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { useRead } from '../../web/api-context.tsx'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Instant } from '../parts/instant.tsx'
import { Page, Panel } from '../parts/page.tsx'
import { Shown } from '../parts/shown.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { ORDER_WORDS } from './order-words.ts'
import { StatusBadge } from './status-badge.tsx'
import './orders.css'

interface OrderListPage {
  readonly items: readonly OrderView[]
  readonly nextCursor: string | null
}

const pathOf = (q: string, cursor: string | null): string => {
  const given = Object.entries({ q, cursor: cursor ?? '' }).filter(([, value]) => value !== '')
  return `/api/ops/orders?${new URLSearchParams([['limit', '20'], ...given])}`
}

/** `?q=…` is what is looked for: it can be linked to, and the browser's back leads to what was looked for before. */
export const OrdersPage = () => {
  const words = useWords(ORDER_WORDS)
  const [search, setSearch] = useSearchParams()
  const q = search.get('q') ?? ''
  const [typed, setTyped] = useState(q)
  useEffect(() => setTyped(q), [q])
  const find = (event: FormEvent): void => {
    event.preventDefault()
    const wanted = typed.trim()
    setSearch(wanted === '' ? {} : { q: wanted })
  }
  return (
    <Page title={words.title}>
      <search>
        <form className="orders-find" onSubmit={find}>
          <Field label={words.search} hint={words.searchHint} value={typed} onChange={setTyped} autoComplete="off" />
          <Button type="submit" look="primary">
            {words.find}
          </Button>
        </form>
      </search>
      <Found key={q} q={q} />
    </Page>
  )
}

/** As many pages as were asked for, below each other. */
const Found = ({ q }: { readonly q: string }) => {
  const words = useWords(ORDER_WORDS)
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null])
  const columns = [
    { key: 'id', title: words.id },
    { key: 'status', title: words.status },
    { key: 'store', title: words.store },
    { key: 'customer', title: words.customer },
    { key: 'total', title: words.total, as: 'number' },
    { key: 'placedAt', title: words.placedAt },
  ] as const
  return (
    <Panel title={words.found}>
      <Table caption={words.found} captionHidden columns={columns}>
        {cursors.map((cursor, i) => (
          <OrderRows
            key={cursor}
            path={pathOf(q, cursor)}
            isLast={i === cursors.length - 1}
            onMore={next => setCursors(shown => [...shown, next])}
          />
        ))}
      </Table>
    </Panel>
  )
}

interface OrderRowsProps {
  readonly path: string
  readonly isLast: boolean
  readonly onMore: (cursor: string) => void
}

/** A page of what was found. */
const OrderRows = ({ path, isLast, onMore }: OrderRowsProps) => {
  const words = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  const page = useRead<OrderListPage>(path)
  const { items = [], nextCursor = null } = page.data ?? {}
  return (
    <>
      {items.map(order => (
        <tr key={order.id} className="table-links">
          <th scope="row">
            <Link href={`/orders/${order.id}`} className="code">
              {order.id}
            </Link>
          </th>
          <td>
            <StatusBadge order={order} />
          </td>
          <td>{order.store.name}</td>
          <td>{order.customer.name ?? order.customer.id}</td>
          <Figure>{won(order.total, language)}</Figure>
          <td>
            <Instant at={order.placedAt} />
          </td>
        </tr>
      ))}
      {isLast && (page.data === undefined || page.error !== undefined || items.length === 0 || nextCursor !== null) && (
        <tr>
          <td colSpan={6}>
            <Shown of={page}>
              {() =>
                items.length === 0 ? (
                  <p className="soft">{words.none}</p>
                ) : (
                  nextCursor !== null && <Button onPress={() => onMore(nextCursor)}>{words.more}</Button>
                )
              }
            </Shown>
          </td>
        </tr>
      )}
    </>
  )
}
