import type { House } from '../../config/runtime/house.ts'
import { startHouse } from './house.ts'
import { SHARED_SECRET } from './second-gateway.ts'
import { shared } from './shared.ts'

/** A provider who says nothing is given up after half the usual time: nine stories wait for that, and a killed worker's payment for twice as long and 15 s. */
const ENV = { ...SHARED_SECRET, TOSS_TIMEOUT_MS: '2500' }

const share = shared(() => startHouse(ENV))

/**
 * One house for all stories of a run that ask nothing special of its settings, because a start takes seconds. A story brings its own orders, leaves
 * every process running, and shares no key with another.
 */
export const sharedHouse = (): { readonly house: House } => {
  const one = share()
  before(async () => await one.thing.house.ready())
  return {
    get house() {
      return one.thing.house
    },
  }
}
