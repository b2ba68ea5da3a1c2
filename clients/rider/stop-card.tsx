import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { useTell } from '../design/notices.tsx'
import type { Place } from '../map/scene.ts'
import { useWords } from '../web/language.tsx'
import { DELIVERY_WORDS } from './delivery-words.ts'
import { navigationLink } from './navigation-link.ts'
import './stop-card.css'

interface StopCardProps {
  /** `Store`, `Customer`. */
  readonly kind: string
  readonly name?: string | undefined
  readonly address?: string | undefined
  readonly detail?: string | undefined
  readonly place?: Place | undefined
  /** How far, in words. */
  readonly far?: string | undefined
  /** He goes there now. */
  readonly isNext: boolean
}

const COPIED_MS = 3_000

/** Where to go: readable at arm's length, and two taps away from the phone's own navigation. */
export const StopCard = ({ kind, name, address, detail, place, far, isNext }: StopCardProps) => {
  const words = useWords(DELIVERY_WORDS)
  const tell = useTell()
  const copy = async (text: string): Promise<void> => {
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    )
    tell(done ? { key: 'copy', tone: 'good', text: words.copied, forMs: COPIED_MS } : { key: 'copy', tone: 'bad', text: words.copyFailed })
  }
  return (
    <Card>
      <h2 className="stop-card-kind">{kind}</h2>
      <div>
        {name !== undefined && <p className="stop-card-name">{name}</p>}
        {address !== undefined && <p className={name === undefined ? 'stop-card-name' : ''}>{address}</p>}
        {detail !== undefined && <p className="stop-card-name">{detail}</p>}
        {far !== undefined && <p className="soft small number">{far}</p>}
      </div>
      {isNext && (place || address !== undefined) && (
        <div className="stop-card-acts">
          {place && (
            <a className="button button-quiet" href={navigationLink(place, name ?? address ?? kind, navigator.userAgent)}>
              {words.navigate}
            </a>
          )}
          {address !== undefined && <Button onPress={() => void copy(address)}>{words.copy}</Button>}
        </div>
      )}
    </Card>
  )
}
