import { useEffect, useMemo } from 'react'
import { Button } from '../design/button.tsx'
import { shortId } from '../web/format.ts'
import { useWords } from '../web/language.tsx'
import { ALARM_WORDS } from './alarm-words.ts'
import { useBell } from './bell-context.tsx'
import { unseenOf } from './columns.ts'
import { useFeed } from './feed.tsx'
import { useHands, useTaps } from './kitchen-context.tsx'
import './alarm.css'

/** Between two rings. */
const EVERY_MS = 2_500
/** Ids that are named; the rest are counted. */
const NAMED = 4

/** Sound and screen, on every page, until somebody says that he has seen it. */
export const Alarm = () => {
  const words = useWords(ALARM_WORDS)
  const { orders } = useFeed()
  const { waiting } = useTaps()
  const { looked, acknowledge } = useHands()
  const { bell } = useBell()
  const unseen = useMemo(() => unseenOf(orders, waiting, looked), [orders, waiting, looked])
  const rings = unseen.length > 0
  useEffect(() => {
    if (!rings) return
    bell.ring()
    const timer = setInterval(() => bell.ring(), EVERY_MS)
    // The first touch lets it ring: at once, not at the next turn.
    const unhear = bell.onChange(() => bell.ring())
    return () => {
      clearInterval(timer)
      unhear()
    }
  }, [rings, bell])
  useEffect(() => {
    if (unseen.length === 0) return
    const before = document.title
    document.title = words.tab(unseen.length)
    return () => {
      document.title = before
    }
  }, [unseen.length, words])
  const most = Math.max(0, ...unseen.map(({ alerts = 0 }) => alerts))
  const ids = unseen.slice(0, NAMED).map(({ id }) => shortId(id))
  return (
    <div role="alert">
      {rings && (
        <div className="bar alarm">
          <p className="bar-text">
            <strong className="bar-strong">{words.ringing(unseen.length, `${ids.join(' · ')}${unseen.length > NAMED ? ' …' : ''}`)}</strong>
            {most > 0 && <span className="alarm-again">{words.again(most)}</span>}
          </p>
          <Button look="primary" size="large" onPress={() => acknowledge(unseen)}>
            {words.acknowledge}
          </Button>
        </div>
      )}
    </div>
  )
}
