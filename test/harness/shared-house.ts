import type { House } from '../../config/runtime/house.ts'
import { startHouse, type TestHouse } from './house.ts'
import { atTheEnd } from './leavings.ts'
import { SHARED_SECRET } from './second-gateway.ts'

/** A provider who says nothing is given up after half the usual time: nine stories wait for that, and a killed worker's payment for twice as long and 15 s. */
const ENV = { ...SHARED_SECRET, TOSS_TIMEOUT_MS: '2500' }

let opened: Promise<TestHouse> | undefined
let waiting = 0

/**
 * One house for all stories of a run that ask nothing special of its settings, because a start takes seconds: opened for the first
 * of them, stopped after the last. A story brings its own orders, leaves every process running, and shares no key with another.
 */
export const sharedHouse = (): { readonly house: House } => {
  let shared: TestHouse | undefined
  waiting++
  before(async function () {
    this.timeout(120_000)
    if (!opened) atTheEnd(close) // a run may leave out some who are waited for
    opened ??= startHouse(ENV)
    shared = await opened
    await shared.house.ready()
  })
  after(async () => {
    waiting--
    if (waiting === 0) await close()
  })
  return {
    get house() {
      if (!shared) throw new Error('the shared house opens before the tests, not while they are described')
      return shared.house
    },
  }
}

const close = async (): Promise<void> => {
  const last = opened
  opened = undefined
  await (await last)?.[Symbol.asyncDispose]()
}
