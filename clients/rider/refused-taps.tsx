import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { shortId } from '../web/format.ts'
import { useWords } from '../web/language.tsx'
import { isRiderTap, TAP_WORDS } from './tap-words.ts'
import { useTaps } from './taps-context.tsx'
import './refused-taps.css'

/** What the server did not accept, with its reason, until he has seen it. */
export const RefusedTaps = () => {
  const { refused, dismiss } = useTaps()
  const words = useWords(TAP_WORDS)
  if (refused.length === 0) return null
  return (
    <div role="alert">
      <ul className="refused-taps">
        {refused.map(({ key, command, refusal }) => (
          <li key={key}>
            <Card tone="alert">
              <p className="refused-taps-what">
                {words.refused(isRiderTap(command.name) ? words.name[command.name] : command.name, shortId(command.orderId))}
              </p>
              <p>{refusal.message}</p>
              <Button onPress={() => dismiss(key)}>{words.dismiss}</Button>
            </Card>
          </li>
        ))}
      </ul>
    </div>
  )
}
