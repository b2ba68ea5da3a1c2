import { Kept } from '../../web/kept.ts'
import { type DeliveryPlace, FIRST_PLACE, isPlace } from './place.ts'

export const keptPlace = new Kept<DeliveryPlace>('place', FIRST_PLACE, isPlace)
