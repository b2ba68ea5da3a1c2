import { useEffect } from 'react'
import { Link } from 'wouter'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime, distance, shortId } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import { usePush } from '../web/live-context.tsx'
import { Problem } from '../web/problem.tsx'
import { STATUS_WORDS } from '../web/status-words.ts'
import { useNow } from '../web/use-now.ts'
import { useOrderPages } from '../web/use-order-pages.ts'
import { dayBegan, dayOf, isDelivered, placedSince } from './day.ts'
import { TODAY_WORDS } from './today-words.ts'
import { useStores } from './use-stores.ts'
import './today-screen.css'

const MINUTE_MS = 60_000
const PAGE = 30

/** What he has done today, and before. */
export const TodayScreen = () => {
  const words = useWords(TODAY_WORDS)
  const { orders, error, isLacking: loading, hasMore, more, again } = useOrderPages(PAGE)
  usePush('order', again) // whenever an order of his moves
  const sinceMs = dayBegan(useNow(MINUTE_MS))
  const today = placedSince(orders ?? [], sinceMs)
  const stores = useStores(today.map(({ store }) => store.id))
  // The day's sum needs all of the day.
  const wantsMore = !loading && hasMore && today.length === orders?.length
  useEffect(() => {
    if (wantsMore) more()
  }, [wantsMore, more])

  const day = dayOf(today, sinceMs, stores)
  return (
    <>
      <h1>{words.title}</h1>
      {error !== undefined && <Problem error={error} onAgain={again} />}
      <Card>
        <dl className="today-screen-sums number">
          <div>
            <dt>{words.delivered}</dt>
            <dd>{orders ? words.count(day.delivered) : '–'}</dd>
          </div>
          <div>
            <dt>{words.way}</dt>
            <dd>{orders ? distance(day.metres) : '–'}</dd>
          </div>
        </dl>
        <p className="soft small">{words.how}</p>
        {day.unmeasured > 0 && <p className="soft small">{words.unmeasured(day.unmeasured)}</p>}
      </Card>
      <h2>{words.history}</h2>
      {orders?.length === 0 && <p className="soft">{words.none}</p>}
      {!orders && error === undefined && <p className="soft">{words.loading}</p>}
      <ul className="today-screen-list">
        {orders?.map(order => (
          <HistoryRow key={order.id} order={order} />
        ))}
      </ul>
      {hasMore && (
        <Button wide isPending={loading} onPress={more}>
          {words.more}
        </Button>
      )}
    </>
  )
}

const HistoryRow = ({ order }: { readonly order: OrderView }) => {
  const { language } = useLanguage()
  const words = useWords(TODAY_WORDS)
  return (
    <li>
      <Link className="today-screen-row" href={`/orders/${order.id}`}>
        <span>
          {words.row(order.store.name, shortId(order.id))}
          <br />
          <span className="soft small number">{dayAndTime(order.placedAt, language)}</span>
        </span>
        <Badge tone={isDelivered(order) ? 'good' : 'plain'}>{STATUS_WORDS[language][order.status]}</Badge>
      </Link>
    </li>
  )
}
