import { distanceM } from '../../machines/distance.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { Badge } from '../design/badge.tsx'
import type { Place } from '../map/scene.ts'
import { distance, shortId } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import { STATUS_WORDS } from '../web/status-words.ts'
import { BagCard } from './bag-card.tsx'
import { ClaimClock } from './claim-clock.tsx'
import { DeliveryActs } from './delivery-acts.tsx'
import { DeliveryEnd } from './delivery-end.tsx'
import { DeliveryMap } from './delivery-map.tsx'
import { stepOf } from './delivery-step.ts'
import { DELIVERY_WORDS } from './delivery-words.ts'
import { useDuty } from './duty-context.tsx'
import { StopCard } from './stop-card.tsx'
import { useTaps } from './taps-context.tsx'
import { useStores } from './use-stores.ts'
import './delivery.css'

/** One delivery: the next thing to do is at the thumb, what is needed for it comes first. */
export const Delivery = ({ order }: { readonly order: OrderView }) => {
  const { duty, tracked } = useDuty()
  const { language } = useLanguage()
  const words = useWords(DELIVERY_WORDS)
  const step = stepOf(order, useTaps().waiting)
  const store = useStores([order.store.id]).get(order.store.id)
  const door = placeOf(order.deliverTo)
  const me = tracked.fix
  const going = step.leg === 'toStore' || step.leg === 'toDoor'
  const far = (place: Place | undefined): string | undefined => me && place && words.away(distance(distanceM(me, place)))
  const { address, detail } = order.deliverTo
  const doorFar = step.leg === 'toStore' && store && door ? words.fromStore(distance(distanceM(store, door))) : far(door)
  const stops = [
    <StopCard
      key="store"
      kind={words.store}
      name={order.store.name}
      address={store?.address}
      place={store}
      far={going ? far(store) : undefined}
      isNext={step.leg === 'toStore'}
    />,
    <BagCard key="bag" order={order} />,
    <StopCard
      key="door"
      kind={words.door}
      address={address}
      detail={detail}
      place={door}
      far={going ? doorFar : undefined}
      isNext={step.leg === 'toDoor'}
    />,
  ]
  return (
    <article className="delivery">
      <div className="delivery-top">
        <h1>{step.releasing ? words.releasing : words.title[step.leg]}</h1>
        <Badge tone="info">{words.number(shortId(order.id))}</Badge>
        <Badge>{STATUS_WORDS[language][order.status]}</Badge>
      </div>
      {step.leg === 'toStore' && order.claimedUntil !== undefined && <ClaimClock until={order.claimedUntil} />}
      {going && !duty.wanted && <p className="delivery-warning">{words.offDuty}</p>}
      {!going && <DeliveryEnd order={order} step={step} />}
      {step.leg === 'toDoor' ? stops.toReversed() : stops}
      {going && <DeliveryMap order={order} store={store} door={door} me={me} />}
      {going && <DeliveryActs order={order} step={step} />}
    </article>
  )
}

const placeOf = ({ lat, lng }: OrderView['deliverTo']): Place | undefined =>
  lat === undefined || lng === undefined ? undefined : { lat, lng }
