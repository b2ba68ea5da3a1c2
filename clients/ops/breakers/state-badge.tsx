import type { BreakerView } from '../../../server/contract/breakers.ts'
import { Badge } from '../../design/badge.tsx'
import { useWords } from '../../web/language.tsx'
import { BREAKER_WORDS } from './breaker-words.ts'

const TONES = { closed: 'good', open: 'bad', halfOpen: 'wait' } as const

/** How a breaker stands, and whether somebody holds it there. */
export const StateBadge = ({ state, forced }: Pick<BreakerView, 'state' | 'forced'>) => {
  const words = useWords(BREAKER_WORDS)
  return (
    <>
      <Badge tone={TONES[state]}>{words.states[state]}</Badge> {forced && <Badge tone="info">{words.forced}</Badge>}
    </>
  )
}
