import { Link } from 'wouter'
import type { DeadLetterView } from '../../../server/contract/ops.ts'
import type { OrderStory } from '../../../server/contract/order-story.ts'
import { Badge } from '../../design/badge.tsx'
import { useRead } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import { Panel } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { LETTER_WORDS, workName } from './letter-words.ts'
import { isStillWaiting, type Outcome, orderOf, outcomeOf } from './outcome.ts'

const TONES = { waiting: 'info', done: 'good', failed: 'bad', dropped: 'plain', givenUp: 'bad', unknown: 'info' } as const

interface TriedProps {
  readonly letters: readonly DeadLetterView[]
  /** Those that wait for somebody now. */
  readonly waiting: readonly DeadLetterView[]
}

/** What came of what was tried again on this screen; the order's story keeps it for good. */
export const Tried = ({ letters, waiting }: TriedProps) => {
  const words = useWords(LETTER_WORDS)
  const columns = [
    { key: 'what', title: words.what },
    { key: 'whose', title: words.whose },
    { key: 'why', title: words.retriedBy },
    { key: 'outcome', title: words.outcome },
  ] as const
  return (
    <Panel title={words.tried}>
      <Table caption={words.tried} captionHidden columns={columns}>
        {letters.map(letter => (
          <TriedRow key={letter.id} letter={letter} again={isStillWaiting(letter, waiting)} />
        ))}
      </Table>
    </Panel>
  )
}

const TriedRow = ({ letter, again }: { readonly letter: DeadLetterView; readonly again: boolean }) => {
  const words = useWords(LETTER_WORDS)
  const order = orderOf(letter)
  const { data } = useRead<OrderStory>(order === undefined ? null : `/api/ops/orders/${order}/timeline`, { everyMs: 2_000 })
  const told: Outcome = data ? outcomeOf(letter, data.entries) : 'unknown'
  const outcome = again ? 'givenUp' : told
  return (
    <tr className="table-links">
      <th scope="row">{workName(letter.src, words)}</th>
      <td className="code">{order === undefined ? letter.address : <Link href={`/orders/${order}`}>{letter.address}</Link>}</td>
      <td>{letter.retried?.why}</td>
      <td>
        <span role="status">
          <Badge tone={TONES[outcome]}>{words.outcomes[outcome]}</Badge>
        </span>
      </td>
    </tr>
  )
}
