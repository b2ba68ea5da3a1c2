import type { CustomerView } from '../../../server/contract/customers.ts'
import { Badge } from '../../design/badge.tsx'
import { Card } from '../../design/card.tsx'
import { Meter } from '../../design/meter.tsx'
import { useWords } from '../../web/language.tsx'
import { ME_WORDS } from './me-words.ts'

/** What so many orders have earned, and what the next ones will. */
export const GradeCard = ({ profile: { grade, completedOrders, nextGrade } }: { readonly profile: CustomerView }) => {
  const words = useWords(ME_WORDS)
  const next = nextGrade && words.grades[nextGrade.grade]
  return (
    <Card>
      <div className="page-row">
        <h2>{words.grade}</h2>
        <Badge tone="good">{words.grades[grade]}</Badge>
      </div>
      <p>{words.completed(completedOrders)}</p>
      {nextGrade && next !== undefined ? (
        <>
          <Meter
            label={words.toNext(next)}
            value={completedOrders}
            most={nextGrade.orders}
            text={words.progress(completedOrders, nextGrade.orders)}
          />
          <p className="soft small">{words.left(Math.max(1, nextGrade.orders - completedOrders), next)}</p>
        </>
      ) : (
        <p>{words.top}</p>
      )}
    </Card>
  )
}
