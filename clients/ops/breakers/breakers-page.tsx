import { useState } from 'react'
import { useWords } from '../../web/language.tsx'
import { Choice } from '../parts/choice.tsx'
import { Page } from '../parts/page.tsx'
import { useBreakers } from '../parts/reads.ts'
import { Shown } from '../parts/shown.tsx'
import { BreakerPanel } from './breaker-panel.tsx'
import { BREAKER_WORDS } from './breaker-words.ts'
import './breakers.css'

const SPANS_H = [1, 6, 24, 168] as const

export const BreakersPage = () => {
  const words = useWords(BREAKER_WORDS)
  const breakers = useBreakers()
  const [hours, setHours] = useState<number>(1)
  const options = SPANS_H.map(span => ({ value: String(span), text: words.spans[span] ?? '' }))
  return (
    <Page
      title={words.title}
      aside={<Choice label={words.span} options={options} value={String(hours)} onChange={value => setHours(Number(value))} />}
    >
      <p className="soft small page-fine">{words.intro}</p>
      <Shown of={breakers}>
        {all =>
          all.length === 0 ? (
            <p className="soft">{words.none}</p>
          ) : (
            all.map(breaker => <BreakerPanel key={breaker.name} breaker={breaker} hours={hours} />)
          )
        }
      </Shown>
    </Page>
  )
}
