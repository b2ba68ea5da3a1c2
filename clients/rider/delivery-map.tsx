import { useMemo } from 'react'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Button } from '../design/button.tsx'
import { AreaMap } from '../map/map.tsx'
import type { MapPoint, Place } from '../map/scene.ts'
import { useSettings } from '../web/api-context.tsx'
import { useWords } from '../web/language.tsx'
import { BOARD_WORDS } from './board-words.ts'
import { DELIVERY_WORDS } from './delivery-words.ts'
import { usePreferences } from './preferences.tsx'

interface DeliveryMapProps {
  readonly order: OrderView
  readonly store: Place | undefined
  readonly door: Place | undefined
  readonly me: Place | undefined
}

/** For who wants it: drawing a map all the way costs more battery than GPS does. */
export const DeliveryMap = (props: DeliveryMapProps) => {
  const { map, setMap } = usePreferences()
  const words = useWords(BOARD_WORDS)
  return (
    <>
      <Button onPress={() => setMap(!map)}>{map ? words.hideMap : words.showMap}</Button>
      {map && <Drawn {...props} />}
    </>
  )
}

const Drawn = ({ order, store, door, me }: DeliveryMapProps) => {
  const words = useWords(DELIVERY_WORDS)
  const style = useSettings()?.map.style
  const { name } = order.store
  const points = useMemo(() => {
    const point = (kind: MapPoint['kind'], label: string, place: Place | undefined): MapPoint[] =>
      place ? [{ id: kind, kind, label, lat: place.lat, lng: place.lng }] : []
    return [...point('rider', words.me, me), ...point('store', name, store), ...point('door', words.door, door)]
  }, [name, store, door, me, words])
  return <AreaMap label={words.mapLabel} points={points} style={style} />
}
