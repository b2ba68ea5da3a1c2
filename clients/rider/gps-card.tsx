import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { useWords } from '../web/language.tsx'
import { useDuty } from './duty-context.tsx'
import { DUTY_WORDS } from './duty-words.ts'
import './gps-card.css'

/** No place: why that matters, and what to do about it. Nothing while all is well. */
export const GpsCard = () => {
  const { duty, tracked, locateAgain } = useDuty()
  const words = useWords(DUTY_WORDS)
  if (!duty.wanted || (tracked.gps !== 'denied' && tracked.gps !== 'unavailable')) return null
  const denied = tracked.gps === 'denied'
  return (
    <section role="alert">
      <Card tone="alert">
        <h2>{denied ? words.denied : words.unavailable}</h2>
        <p>{denied ? words.deniedWhy : words.unavailableWhy}</p>
        {denied && (
          <ol className="gps-card-steps">
            {words.deniedSteps.map(step => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        <Button onPress={locateAgain}>{words.again}</Button>
      </Card>
    </section>
  )
}
