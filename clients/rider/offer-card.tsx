import { distanceM } from '../../machines/distance.ts'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import type { Place } from '../map/scene.ts'
import { distance } from '../web/format.ts'
import { useWords } from '../web/language.tsx'
import type { Offer } from './board.ts'
import { BOARD_WORDS } from './board-words.ts'
import { directionOf } from './direction.ts'
import './offer-card.css'

interface OfferCardProps {
  readonly offer: Offer
  readonly me: Place | undefined
  readonly nowMs: number
  /** The tap is under way, or the list has just moved under the finger. */
  readonly isPending: boolean
  readonly isDisabled: boolean
  onClaim(): void
}

/** The neighbourhood is as wide: nearer than that its middle says nothing of the way. */
const KNOWN_FROM_M = 1_500
const FRESH_MS = 20_000
const MINUTE_MS = 60_000

/** What a glance must tell: whose kitchen, how far, how long it waits; and one thing to do. */
export const OfferCard = ({ offer, me, nowMs, isPending, isDisabled, onClaim }: OfferCardProps) => {
  const words = useWords(BOARD_WORDS)
  const { store, area, distanceM: toAreaM, cookedAt, heardMs } = offer
  const name = store.name ?? store.id
  const minutes = Math.floor((nowMs - Date.parse(cookedAt)) / MINUTE_MS)
  return (
    <Card>
      <div className="offer-card-top">
        <h2>{name}</h2>
        {nowMs - heardMs < FRESH_MS && <Badge tone="info">{words.fresh}</Badge>}
        <Badge tone={minutes >= 5 ? 'wait' : 'plain'}>{words.waiting(minutes)}</Badge>
      </div>
      <dl className="offer-card-ways number">
        {me && (
          <div>
            <dt>{words.toStore}</dt>
            <dd>{distance(distanceM(me, store))}</dd>
          </div>
        )}
        <div>
          <dt>{words.toCustomer}</dt>
          <dd>
            {distance(toAreaM)}{' '}
            {me && toAreaM >= KNOWN_FROM_M && <span className="soft small">{words.direction[directionOf(me, area)]}</span>}
          </dd>
        </div>
      </dl>
      <Button
        look="primary"
        size="large"
        wide
        aria-label={words.claimOf(name)}
        isPending={isPending}
        isDisabled={isDisabled}
        onPress={onClaim}
      >
        {words.claim}
      </Button>
    </Card>
  )
}
