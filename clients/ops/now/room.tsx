import { Link } from 'wouter'
import { Badge } from '../../design/badge.tsx'
import { shortId } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Instant } from '../parts/instant.tsx'
import { Panel } from '../parts/page.tsx'
import { useWaitingRoom } from '../parts/reads.ts'
import { Shown } from '../parts/shown.tsx'
import { secondOf } from '../parts/time.ts'
import { NOW_WORDS } from './now-words.ts'

/** Payments that wait for their turn. */
export const Room = () => {
  const words = useWords(NOW_WORDS)
  const { language } = useLanguage()
  const room = useWaitingRoom()
  return (
    <Panel title={words.room_}>
      <Shown of={room}>
        {({ known, waiting, perS, busy, oldest, openUntil }) => (
          <dl className="facts">
            <dt>{words.waiting}</dt>
            <dd>
              <strong className="number">{known ? waiting.toLocaleString(language) : words.unknown}</strong>
            </dd>
            <dt>{words.rate}</dt>
            <dd className="number">{known ? words.rateOf(Math.round(perS * 10) / 10) : words.unknown}</dd>
            <dt>{words.newcomer}</dt>
            <dd>
              <Badge tone={busy ? 'wait' : 'good'}>{busy ? words.ticket : words.noTicket}</Badge>
            </dd>
            {openUntil && (
              <>
                <dt>{words.openUntil}</dt>
                <dd className="number">{secondOf(openUntil, language)}</dd>
              </>
            )}
            {oldest && (
              <>
                <dt>{words.oldest}</dt>
                <dd className="table-links">
                  <Link href={`/orders/${oldest.orderId}`} className="code">
                    {shortId(oldest.orderId)}
                  </Link>{' '}
                  <Instant at={oldest.since} />
                </dd>
              </>
            )}
          </dl>
        )}
      </Shown>
    </Panel>
  )
}
