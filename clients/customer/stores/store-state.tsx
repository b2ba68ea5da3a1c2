import type { StoreView } from '../../../server/contract/stores.ts'
import { Badge } from '../../design/badge.tsx'
import { useLanguage, useWords } from '../../web/language.tsx'
import { whenText } from './opening.ts'
import { STORES_WORDS } from './stores-words.ts'

/** Whether it takes orders, and if not, from when on. */
export const StoreState = ({ store: { open, paused, opensAt } }: { readonly store: Pick<StoreView, 'open' | 'paused' | 'opensAt'> }) => {
  const words = useWords(STORES_WORDS)
  const { language } = useLanguage()
  if (open) return <Badge tone="good">{words.open}</Badge>
  return (
    <>
      <Badge tone="wait">{paused ? words.paused : words.closed}</Badge>
      {opensAt !== undefined && <span className="small">{words.opensAt(whenText(opensAt, language))}</span>}
    </>
  )
}
