import { useMemo } from 'react'
import { distanceM } from '../../../machines/distance.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { Card } from '../../design/card.tsx'
import { AreaMap } from '../../map/map.tsx'
import type { MapPoint } from '../../map/scene.ts'
import { useSettings } from '../../web/api-context.tsx'
import { clockTime, distance } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { useConnected } from '../../web/live-context.tsx'
import { useStore } from '../stores/use-store.ts'
import { type RiderNews, useRider } from './news-context.tsx'
import { RIDER_WORDS } from './rider-words.ts'

/** As it was pushed; before the first push, as the view itself tells it. */
const riderOf = ({ rider }: OrderView, pushed: RiderNews | undefined): RiderNews | undefined => {
  if (pushed) return pushed
  const { lat, lng, at, stale = false } = rider ?? {}
  return lat !== undefined && lng !== undefined && at !== undefined ? { kind: 'shown', riderId: rider?.id, lat, lng, at, stale } : undefined
}

/** What is known of the rider's place, honestly. */
const useRiderText = (news: RiderNews | undefined): string => {
  const connected = useConnected()
  const words = useWords(RIDER_WORDS)
  const { language } = useLanguage()
  if (!news) return words.unknown
  if (news.kind === 'hidden') return words.hidden(clockTime(news.at, language))
  return news.stale || !connected ? words.stale(clockTime(news.at, language)) : words.live
}

/** Store, door and rider, from the claim to the delivery. */
export const RiderMap = ({ order }: { readonly order: OrderView }) => {
  const words = useWords(RIDER_WORDS)
  const settings = useSettings()
  const { data: store } = useStore(order.store.id)
  const news = riderOf(order, useRider(order))
  const text = useRiderText(news)
  const { lat, lng } = order.deliverTo
  const door = useMemo(() => (lat === undefined || lng === undefined ? undefined : { lat, lng }), [lat, lng])
  const points = useMemo(() => {
    const shown: MapPoint[] = []
    if (store) shown.push({ id: 'store', kind: 'store', label: words.store, lat: store.lat, lng: store.lng })
    if (door) shown.push({ id: 'door', kind: 'door', label: words.door, ...door })
    if (news?.kind === 'shown')
      shown.push({ id: 'rider', kind: 'rider', label: words.rider, lat: news.lat, lng: news.lng, stale: news.stale })
    return shown
  }, [store, door, news, words])
  if (!order.rider) return null
  const { name } = order.rider
  return (
    <Card>
      <h2>{name === undefined ? words.someone : words.who(name)}</h2>
      <AreaMap label={words.map} points={points} style={settings?.map.style} />
      <p role="status">{text}</p>
      {door && news?.kind === 'shown' && <p className="soft number">{words.far(distance(distanceM(news, door)))}</p>}
    </Card>
  )
}
