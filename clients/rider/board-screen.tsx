import { useMemo } from 'react'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { AreaMap } from '../map/map.tsx'
import { useSettings } from '../web/api-context.tsx'
import { useWords } from '../web/language.tsx'
import { useConnected } from '../web/live-context.tsx'
import { useNow } from '../web/use-now.ts'
import { useBoard } from './board-context.tsx'
import { boardPoints, ringsAround } from './board-scene.ts'
import { BOARD_WORDS } from './board-words.ts'
import { useDuty } from './duty-context.tsx'
import { GpsCard } from './gps-card.tsx'
import { OfferCard } from './offer-card.tsx'
import { usePreferences } from './preferences.tsx'
import { useClaim } from './use-claim.ts'
import { useSettled } from './use-settled.ts'
import './board-screen.css'

/** What waits near him, nearest first. */
export const BoardScreen = () => {
  const { board, offers } = useBoard()
  const { duty, tracked } = useDuty()
  const { map, setMap, consent } = usePreferences()
  const { claiming, claim } = useClaim(board)
  const connected = useConnected()
  const nowMs = useNow()
  const settled = useSettled(offers.map(({ orderId }) => orderId))
  const words = useWords(BOARD_WORDS)
  const working = duty.wanted && consent
  return (
    <>
      <div className="board-screen-top">
        <h1>{words.title}</h1>
        {working && <Badge tone={offers.length > 0 ? 'good' : 'plain'}>{words.count(offers.length)}</Badge>}
        {working && (
          <Button look="bare" onPress={() => setMap(!map)}>
            {map ? words.hideMap : words.showMap}
          </Button>
        )}
      </div>
      <GpsCard />
      {working && !connected && <p className="board-screen-word">{words.away}</p>}
      {working && map && <BoardMap />}
      {working ? (
        <ul className="board-screen-list">
          {offers.map(offer => (
            <li key={offer.orderId}>
              <OfferCard
                offer={offer}
                me={tracked.fix}
                nowMs={nowMs}
                isPending={claiming === offer.orderId || !settled}
                isDisabled={!connected || (claiming !== undefined && claiming !== offer.orderId)}
                onClaim={() => void claim(offer)}
              />
            </li>
          ))}
        </ul>
      ) : (
        <Empty title={words.offTitle} why={words.offWhy} />
      )}
      {working && offers.length > 0 && <p className="soft small">{words.exactLater}</p>}
      {working && offers.length === 0 && <Nothing />}
    </>
  )
}

const Nothing = () => {
  const { duty, tracked } = useDuty()
  const words = useWords(BOARD_WORDS)
  if (tracked.gps === 'denied' || tracked.gps === 'unavailable') return null
  if (!duty.heard || tracked.sentMs === undefined) return <p className="board-screen-word">{words.looking}</p>
  return <Empty title={words.none} why={words.noneWhy} />
}

const Empty = ({ title, why }: { readonly title: string; readonly why: string }) => (
  <Card>
    <h2>{title}</h2>
    <p className="soft">{why}</p>
  </Card>
)

const BoardMap = () => {
  const { offers } = useBoard()
  const { fix } = useDuty().tracked
  const style = useSettings()?.map.style
  const words = useWords(BOARD_WORDS)
  const points = useMemo(() => boardPoints(offers, fix, words), [offers, fix, words])
  const rings = useMemo(() => (fix ? ringsAround(fix) : []), [fix])
  return (
    <>
      <AreaMap label={words.mapLabel} height="high" points={points} rings={rings} style={style} />
      <p className="soft small">{words.rings}</p>
    </>
  )
}
