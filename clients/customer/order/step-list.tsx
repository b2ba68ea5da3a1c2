import type { OrderView } from '../../../server/contract/order-view.ts'
import type { TimelineEntry } from '../../../server/contract/order-view-schema.ts'
import { Badge } from '../../design/badge.tsx'
import { Card } from '../../design/card.tsx'
import { useRead } from '../../web/api-context.tsx'
import { clockTime } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { STATUS_WORDS } from '../../web/status-words.ts'
import { CheckIcon, CrossIcon } from '../frame/icons.tsx'
import { ORDER_WORDS } from './order-words.ts'
import { UNDELIVERED } from './standing.ts'
import { stepsOf } from './steps.ts'

/** How far it has come, and when. */
export const StepList = ({ order }: { readonly order: OrderView }) => {
  const words = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  const statusWords = useWords(STATUS_WORDS)
  const { status, updatedAt } = order
  const isUndelivered = UNDELIVERED.includes(status)
  // Asked anew with every version; while that is under way, the story so far stays.
  const { data: story = [] } = useRead<readonly TimelineEntry[]>(`/api/orders/${order.id}/timeline?version=${order.version}`)
  const ended = story.find(entry => entry.status === status)?.at ?? updatedAt
  return (
    <Card>
      <h2>{words.steps}</h2>
      <ol className="steps">
        {stepsOf(order, story).map(({ name, state, at }) => (
          <li key={name} className={`step step-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="step-mark">{state !== 'ahead' && <CheckIcon />}</span>
            <span className="step-word">
              {words.step[name]}
              <span className="visually-hidden"> ({words.stepState[state]})</span>
            </span>
            {at !== undefined && (
              <time className="number" dateTime={at}>
                {clockTime(at, language)}
              </time>
            )}
          </li>
        ))}
        {isUndelivered && (
          <li className="step step-ended">
            <span className="step-mark">
              <CrossIcon />
            </span>
            <span className="step-word">
              <Badge tone="bad">{statusWords[status]}</Badge>
            </span>
            <time className="number" dateTime={ended}>
              {clockTime(ended, language)}
            </time>
          </li>
        )}
      </ol>
    </Card>
  )
}
