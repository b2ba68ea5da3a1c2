import { Button } from '../design/button.tsx'
import { clockTime, shortId } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import { useHands, useTaps } from './kitchen-context.tsx'
import { refusalText } from './refusal-text.ts'
import { REFUSAL_WORDS } from './refusal-words.ts'
import './refusals.css'

/** What was tapped and could not be done, one by one, until somebody has read it. */
export const Refusals = () => {
  const words = useWords(REFUSAL_WORDS)
  const { language } = useLanguage()
  const { refused } = useTaps()
  const { kitchen } = useHands()
  return (
    <div role="alert">
      {refused.length > 0 && (
        <section className="refusals" aria-labelledby="refusals-title">
          <h2 id="refusals-title" className="refusals-title">
            {words.title(refused.length)}
          </h2>
          <ul>
            {refused.map(tap => (
              <li key={tap.key} className="bar refusal">
                <strong className="bar-strong number">{shortId(tap.command.orderId)}</strong>
                <p className="bar-text">
                  <span className="soft">{words.tapped(words.tap[tap.command.name], clockTime(tap.sinceMs, language))}</span>{' '}
                  <strong>{refusalText(tap, language)}</strong>
                </p>
                <Button aria-label={`${words.dismiss} ${shortId(tap.command.orderId)}`} onPress={() => kitchen.dismiss(tap.key)}>
                  {words.dismiss}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
