import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { startHouse } from './house.ts'
import { shared } from './shared.ts'

/**
 * A grade within reach, riders who are soon forgotten, and a store that is called again so soon that a test need not wait for half a minute.
 * A provider who says nothing is given up after the usual 5 s: after less, a customer would never see that his payment is looked into.
 */
const ENV = {
  GRADE_SILVER: '1',
  GRADE_GOLD: '20',
  POSITION_STALE_MS: '4000',
  POSITION_HIDDEN_MS: '8000',
  ALERT_EVERY_MS: '6000',
}

interface AppsHouse extends AsyncDisposable {
  readonly browser: Browser
  readonly url: string
}

/**
 * A house with its apps, and a browser. A story has a device of its own, and people of its own: an order of another one must not be on its board,
 * in its kitchen or in its history. Who does what is in the head of each file.
 */
export const sharedApps: () => { readonly thing: AppsHouse } = shared(async () => {
  const [house, browser] = await Promise.all([startHouse(ENV, { apps: true }), openBrowser()])
  return {
    browser,
    url: house.house.url,
    async [Symbol.asyncDispose]() {
      await browser.close()
      await house[Symbol.asyncDispose]()
    },
  }
})
