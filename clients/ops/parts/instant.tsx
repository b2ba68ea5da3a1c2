import { useLanguage, useWords } from '../../web/language.tsx'
import { useNow } from '../../web/use-now.ts'
import { PARTS_WORDS } from './parts-words.ts'
import { instantOf, lapseOf } from './time.ts'

/** When something was, and how long ago. */
export const Instant = ({ at, lapse = true }: { readonly at: string; readonly lapse?: boolean }) => {
  const { language } = useLanguage()
  const words = useWords(PARTS_WORDS)
  const now = useNow()
  return (
    <time dateTime={at} className="number">
      {instantOf(at, now, language)}
      {lapse && <span className="soft"> · {words.ago(lapseOf(now - Date.parse(at), language))}</span>}
    </time>
  )
}
