import type { BreakerChangeView } from '../../../server/contract/breakers.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { useNow } from '../../web/use-now.ts'
import { instantOf, lapseOf } from '../parts/time.ts'
import { bandsOf, openingsIn, rectsOf } from './bands.ts'
import { BREAKER_WORDS } from './breaker-words.ts'
import './band-chart.css'

const WIDTH = 1_000
/** Height says the state, too: low is closed, half is half open, full is open. */
const HEIGHTS = { closed: 6, halfOpen: 18, open: 36 } as const
const HEIGHT = 36

/** The states of a breaker over time, and the same in a sentence. */
export const BandChart = ({ changes, hours }: { readonly changes: readonly BreakerChangeView[]; readonly hours: number }) => {
  const words = useWords(BREAKER_WORDS)
  const { language } = useLanguage()
  const toMs = useNow(5_000)
  const span = { fromMs: toMs - hours * 3_600_000, toMs }
  const bands = bandsOf(changes, span)
  const { times, ms } = openingsIn(bands)
  const state = words.states[bands.at(-1)?.state ?? 'closed']
  const told = words.chart(words.spans[hours] ?? '', times, lapseOf(ms, language), state)
  return (
    <figure className="bands">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={told}>
        {rectsOf(bands, span, WIDTH).map(({ band, x, width }) => (
          <g key={band.fromMs} className={`bands-${band.state}`}>
            <rect x={x} width={width} y={HEIGHT - HEIGHTS[band.state]} height={HEIGHTS[band.state]} />
            {band.forced && <rect className="bands-forced" x={x} width={width} y={HEIGHT - HEIGHTS[band.state]} height="3" />}
          </g>
        ))}
      </svg>
      <div className="bands-axis small soft number" aria-hidden="true">
        <span>{instantOf(span.fromMs, toMs, language)}</span>
        <span>{words.now}</span>
      </div>
      <figcaption className="small">{told}</figcaption>
    </figure>
  )
}
