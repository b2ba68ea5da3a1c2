import { Link } from 'wouter'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Card } from '../design/card.tsx'
import { useWords } from '../web/language.tsx'
import type { Step } from './delivery-step.ts'
import { DELIVERY_WORDS } from './delivery-words.ts'
import { UnsentTaps } from './unsent-taps.tsx'

/** Delivered, as far as he is concerned, or over without him. */
export const DeliveryEnd = ({ order, step }: { readonly order: OrderView; readonly step: Step }) => {
  const words = useWords(DELIVERY_WORDS)
  const recorded = step.leg === 'done' && step.unsent.length === 0
  return (
    <Card>
      {step.leg === 'done' && <p className="stop-card-name">{words.done}</p>}
      {recorded && <p>{words.doneWhy}</p>}
      {step.leg === 'over' && <p>{words.over}</p>}
      {step.leg === 'over' && order.reason !== undefined && <p className="soft">{order.reason}</p>}
      <UnsentTaps step={step} />
      <Link className="button button-primary button-large" href="/nearby">
        {words.next}
      </Link>
    </Card>
  )
}
