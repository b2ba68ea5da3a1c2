import { useState } from 'react'
import { Link } from 'wouter'
import type { DeadLetterView, RetryBody } from '../../../server/contract/ops.ts'
import { Button } from '../../design/button.tsx'
import { useTell } from '../../design/notices.tsx'
import { useCall } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import { Instant } from '../parts/instant.tsx'
import { Panel } from '../parts/page.tsx'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { LETTER_WORDS, reasonName, workName } from './letter-words.ts'
import { orderOf } from './outcome.ts'

interface LetterPanelProps {
  readonly letter: DeadLetterView
  readonly onRetried: (letter: DeadLetterView) => void
}

/** All that is known of one dead letter, and the way to have it tried again. */
export const LetterPanel = ({ letter, onRetried }: LetterPanelProps) => {
  const words = useWords(LETTER_WORDS)
  const call = useCall()
  const tell = useTell()
  const [asked, setAsked] = useState(false)
  const { id, src, address, attempts, reason, at, requestId, retried } = letter
  const order = orderOf(letter)
  const retry = async (why: string): Promise<void> => {
    const body: RetryBody = { id, reason: why }
    onRetried(await call<DeadLetterView>('/api/ops/dead-letters/retry', { method: 'POST', body }))
    tell({ key: `letter ${id}`, tone: 'info', text: words.sent })
  }
  return (
    <Panel title={words.letter}>
      <dl className="facts">
        <dt>{words.what}</dt>
        <dd>
          <strong>{workName(src, words)}</strong> <span className="code soft">{src}</span>
        </dd>
        <dt>{words.whose}</dt>
        <dd className="code">{address}</dd>
        <dt>{words.reason}</dt>
        <dd>{reasonName(reason, words)}</dd>
        <dt>{words.attempts}</dt>
        <dd>{words.attemptsOf(attempts)}</dd>
        <dt>{words.at}</dt>
        <dd>
          <Instant at={at} />
        </dd>
        <dt>{words.id}</dt>
        <dd className="code">{id}</dd>
        {requestId !== undefined && (
          <>
            <dt>{words.request}</dt>
            <dd className="code">{requestId}</dd>
          </>
        )}
        {retried && (
          <>
            <dt>{words.retriedBy}</dt>
            <dd>
              {words.retried(retried.by, retried.why)} <Instant at={retried.at} />
            </dd>
          </>
        )}
      </dl>
      <p className="soft small">{words.secret}</p>
      {order !== undefined && (
        <p>
          <Link href={`/orders/${order}`}>{words.toOrder}</Link>
        </p>
      )}
      <Button look="primary" onPress={() => setAsked(true)}>
        {words.retry}
      </Button>
      {asked && (
        <ReasonDialog title={words.ask} act={words.retry} look="primary" onClose={() => setAsked(false)} onAct={retry}>
          <ul>
            {(words.effects[src] ?? words.effect).map(effect => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </Panel>
  )
}
