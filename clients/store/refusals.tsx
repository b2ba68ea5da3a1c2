import { clockTime } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import { useHands, useTaps } from './kitchen-context.tsx'
import { refusalText } from './refusal-text.ts'
import { REFUSAL_WORDS } from './refusal-words.ts'
import { ToldList } from './told-list.tsx'

/** What was tapped and could not be done, one by one, until somebody has read it. */
export const Refusals = () => {
  const words = useWords(REFUSAL_WORDS)
  const { language } = useLanguage()
  const { refused } = useTaps()
  const { kitchen } = useHands()
  const rows = refused.map(tap => ({
    key: tap.key,
    orderId: tap.command.orderId,
    text: (
      <>
        <span className="soft">{words.tapped(words.tap[tap.command.name], clockTime(tap.sinceMs, language))}</span>{' '}
        <strong>{refusalText(tap, language)}</strong>
      </>
    ),
    onDismiss: () => kitchen.dismiss(tap.key),
  }))
  return <ToldList title={words.title(refused.length)} rows={rows} dismiss={words.dismiss} />
}
