import { useState } from 'react'
import type { BreakerView } from '../../../server/contract/breakers.ts'
import { Button } from '../../design/button.tsx'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Instant } from '../parts/instant.tsx'
import { Panel } from '../parts/page.tsx'
import { useBreakerHistory } from '../parts/reads.ts'
import { Shown } from '../parts/shown.tsx'
import { secondOf } from '../parts/time.ts'
import { BandChart } from './band-chart.tsx'
import { BREAKER_WORDS, type BreakerAct, reasonText } from './breaker-words.ts'
import { Changes } from './changes.tsx'
import { ForceDialog } from './force-dialog.tsx'
import { StateBadge } from './state-badge.tsx'

const actsFor = ({ state, forced }: BreakerView): readonly BreakerAct[] => {
  if (!forced) return ['open', 'closed']
  return state === 'open' ? ['release', 'closed'] : ['release', 'open']
}

/** One breaker: how it stands and why, what can be done, how it stood before. */
export const BreakerPanel = ({ breaker, hours }: { readonly breaker: BreakerView; readonly hours: number }) => {
  const words = useWords(BREAKER_WORDS)
  const { language } = useLanguage()
  const history = useBreakerHistory(breaker.name)
  const [asked, setAsked] = useState<BreakerAct>()
  const { name, state, forced, since, reason, share, openUntil } = breaker
  const retries = forced ? words.untilReleased : openUntil && secondOf(openUntil, language)
  return (
    <Panel
      title={words.names[name]}
      aside={
        <div className="breaker-acts">
          {actsFor(breaker).map(act => (
            <Button key={act} look={act === 'release' ? 'primary' : 'quiet'} onPress={() => setAsked(act)}>
              {words.acts[act]}
            </Button>
          ))}
        </div>
      }
    >
      <div className="breaker">
        <div className="breaker-now">
          <p role="status">
            <StateBadge state={state} forced={forced} />
          </p>
          <dl className="facts">
            <dt>{words.since}</dt>
            <dd>
              <Instant at={since} />
            </dd>
            <dt>{words.reason}</dt>
            <dd>{reasonText(reason, words)}</dd>
            <dt>{words.share}</dt>
            <dd className="number">{Math.round(share * 100)}%</dd>
            {state === 'open' && retries && (
              <>
                <dt>{words.openUntil}</dt>
                <dd className="number">{retries}</dd>
              </>
            )}
          </dl>
        </div>
        <div className="breaker-past">
          <Shown of={history}>
            {changes => (
              <>
                <BandChart changes={changes} hours={hours} />
                <Changes name={words.names[name]} changes={changes} />
              </>
            )}
          </Shown>
        </div>
      </div>
      {asked && <ForceDialog breaker={breaker} act={asked} onClose={() => setAsked(undefined)} />}
    </Panel>
  )
}
