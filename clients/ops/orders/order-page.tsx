import { useState } from 'react'
import { Link } from 'wouter'
import type { OrderStory } from '../../../server/contract/order-story.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { Button } from '../../design/button.tsx'
import { useTell } from '../../design/notices.tsx'
import { useCall, useRead } from '../../web/api-context.tsx'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Page } from '../parts/page.tsx'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { Shown } from '../parts/shown.tsx'
import { OrderFacts } from './order-facts.tsx'
import { ORDER_WORDS } from './order-words.ts'
import { StatusBadge } from './status-badge.tsx'
import { isAbortable, isOver } from './story.ts'
import { StoryList } from './story-list.tsx'
import './orders.css'

const EVERY_MS = 5_000

/** One order: how it stands, how it came to that, and the way to end it. */
export const OrderPage = ({ id }: { readonly id: string }) => {
  const words = useWords(ORDER_WORDS)
  const [over, setOver] = useState(false)
  const story = useRead<OrderStory>(`/api/ops/orders/${encodeURIComponent(id)}/timeline`, over ? {} : { everyMs: EVERY_MS })
  const order = story.data?.order
  if (order && isOver(order) !== over) setOver(isOver(order))
  return (
    <Page title={words.orderTitle(id)} aside={<Link href="/orders">{words.back}</Link>}>
      <Shown of={story}>
        {told => (
          <>
            <div className="order-top">
              <p role="status">
                <StatusBadge order={told.order} />
              </p>
              <span className="soft small">{over ? words.over : words.updated}</span>
              <Abort order={told.order} onAborted={() => void story.mutate()} />
            </div>
            <div className="order">
              <StoryList story={told} />
              <OrderFacts order={told.order} />
            </div>
          </>
        )}
      </Shown>
    </Page>
  )
}

const Abort = ({ order, onAborted }: { readonly order: OrderView; readonly onAborted: () => void }) => {
  const words = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  const call = useCall()
  const tell = useTell()
  const [asked, setAsked] = useState(false)
  const abort = async (reason: string, idempotencyKey: string): Promise<void> => {
    await call<OrderView>(`/api/orders/${order.id}/abort`, { method: 'POST', body: { reason }, idempotencyKey })
    tell({ key: `abort ${order.id}`, tone: 'good', text: words.aborted })
    onAborted()
  }
  if (!isAbortable(order)) return <span className="soft small order-end">{words.notAbortable}</span>
  return (
    <div className="order-end">
      <Button look="danger" onPress={() => setAsked(true)}>
        {words.abort}
      </Button>
      {asked && (
        <ReasonDialog title={words.abortAsk} act={words.abort} onClose={() => setAsked(false)} onAct={abort}>
          <ul>
            {words.abortEffects(won(order.total, language)).map(effect => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </div>
  )
}
