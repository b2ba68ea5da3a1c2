import { Link } from 'wouter'
import { Badge } from '../../design/badge.tsx'
import { useLanguage, useWords } from '../../web/language.tsx'
import { BREAKER_WORDS } from '../breakers/breaker-words.ts'
import { Instant } from '../parts/instant.tsx'
import { findingText, placeOf } from './finding-text.ts'
import type { Finding, Health } from './health.ts'
import { NOW_WORDS } from './now-words.ts'

/** Whether all is well, in a sentence; what is not, since when, and where to do something about it. */
export const Verdict = ({ health: { state, findings } }: { readonly health: Health }) => {
  const words = useWords(NOW_WORDS)
  const bad = findings.filter(({ gravity }) => gravity === 'bad').length
  const sentence = state === 'bad' ? words.bad(bad) : state === 'watch' ? words.watch(findings.length) : words[state]
  return (
    <section className={`verdict verdict-${state}`} aria-label={words.title}>
      <p role="status" className="verdict-sentence">
        {sentence}
      </p>
      {findings.length > 0 && (
        <ul className="verdict-findings">
          {findings.map(finding => (
            <FindingLine key={keyOf(finding)} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  )
}

const keyOf = (finding: Finding): string => {
  if (finding.kind === 'breaker') return `breaker ${finding.breaker.name}`
  return finding.kind === 'lag' ? `lag ${finding.stream} ${finding.reader}` : finding.kind
}

const FindingLine = ({ finding }: { readonly finding: Finding }) => {
  const words = useWords(NOW_WORDS)
  const { names } = useWords(BREAKER_WORDS)
  const { language } = useLanguage()
  const text = findingText(
    finding,
    words,
    name => names[name],
    value => value.toLocaleString(language),
  )
  const place = placeOf(finding)
  return (
    <li>
      <Badge tone={finding.gravity === 'bad' ? 'bad' : 'wait'}>{words.gravity[finding.gravity]}</Badge>
      <span>
        {place === undefined ? text : place.startsWith('/#') ? <a href={place.slice(1)}>{text}</a> : <Link href={place}>{text}</Link>}{' '}
        {finding.since && (
          <span className="small soft">
            <Instant at={finding.since} />
          </span>
        )}
      </span>
    </li>
  )
}
