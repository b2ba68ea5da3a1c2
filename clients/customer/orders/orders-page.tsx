import { Link } from 'wouter'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { Button } from '../../design/button.tsx'
import { useWords } from '../../web/language.tsx'
import { useOrders } from '../../web/live-context.tsx'
import { Problem } from '../../web/problem.tsx'
import { useNow } from '../../web/use-now.ts'
import { useOrderPages } from '../../web/use-order-pages.ts'
import { FRAME_WORDS } from '../frame/frame-words.ts'
import { Loading } from '../frame/loading.tsx'
import { Page } from '../frame/page.tsx'
import { historyOf } from './history.ts'
import { OrderCard } from './order-card.tsx'
import { ORDERS_WORDS } from './orders-words.ts'

const PAGE = 20

const Cards = ({ title, orders }: { readonly title: string; readonly orders: readonly OrderView[] }) =>
  orders.length === 0 ? null : (
    <section className="page-part" aria-label={title}>
      <h2>{title}</h2>
      <ul className="order-cards">
        {orders.map(order => (
          <OrderCard key={order.id} order={order} />
        ))}
      </ul>
    </section>
  )

/** What is under way, live, and what was before. */
export const OrdersPage = () => {
  const words = useWords(ORDERS_WORDS)
  const { toStores } = useWords(FRAME_WORDS)
  const pushed = useOrders()
  const { orders, error, hasMore, isLacking, isAsking, more, again } = useOrderPages(PAGE)
  const { open, past } = historyOf(pushed, orders ?? [], useNow(5_000))
  return (
    <Page title={words.title}>
      <Cards title={words.open} orders={open} />
      {error !== undefined && <Problem error={error} onAgain={again} />}
      {orders === undefined && error === undefined && <Loading />}
      <Cards title={words.past} orders={past} />
      {hasMore && (
        <Button wide isPending={isLacking && isAsking} onPress={more}>
          {words.more}
        </Button>
      )}
      {orders && !hasMore && past.length > 0 && <p className="soft small page-empty">{words.all}</p>}
      {orders && open.length + past.length === 0 && (
        <div className="page-empty">
          <h2>{words.none}</h2>
          <p>{words.noneText}</p>
          <Link href="/" className="button button-primary button-normal">
            {toStores}
          </Link>
        </div>
      )}
    </Page>
  )
}
