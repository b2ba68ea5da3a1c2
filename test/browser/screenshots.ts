import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type DEVICES, openBrowser, openDevice } from '../harness/browser.ts'
import { startHouse } from '../harness/house.ts'
import { HOME, Somebody } from '../harness/people.ts'

/** `npm run screenshots`: takes the pictures of docs/screenshots anew, of a house of its own that lives one evening in a minute. */
const OUT = join(import.meta.dirname, '..', '..', 'docs', 'screenshots')
/** As a phone shows it. */
const SHARP = { deviceScaleFactor: 2 } as const

await mkdir(OUT, { recursive: true })
await using place = await startHouse({}, { apps: true })
const origin = place.house.url.replace('localhost', '127.0.0.1')
const browser = await openBrowser()
try {
  const [customer, store, other] = await Promise.all([
    Somebody.signIn(origin, 'customer', 'customer-1'),
    Somebody.signIn(origin, 'store', 'store-1'),
    Somebody.signIn(origin, 'customer', 'customer-2'),
  ])
  let orders = 0
  /** @param acts what the store has done with it */
  const order = async (who: Somebody, ...acts: readonly string[]): Promise<string> => {
    const n = ++orders
    const deliverTo = { ...HOME, detail: `${n}203호` }
    const { id } = await who.place(`picture-${n}`, { deliverTo, note: '문 앞에 놓아 주세요', paymentKey: `pk_test_picture_${n}` })
    for (const act of acts) await store.act(id, act, act === 'accept' ? { prepMinutes: 15 } : {})
    return id
  }
  const open = async (device: keyof typeof DEVICES, path: string): Promise<Page> => {
    const page = await (await openDevice(browser, origin, device, device === 'phone' ? SHARP : {})).newPage()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(path)
    await page.getByRole('button', { name: '바로 시작' }).click()
    await page.getByText('연결됨').first().waitFor()
    return page
  }
  const picture = async (page: Page, name: string): Promise<void> => {
    await page.waitForLoadState('networkidle')
    await page.locator('[data-pending]').first().waitFor({ state: 'detached' })
    await page.screenshot({ path: join(OUT, `${name}.png`) })
    process.stderr.write(`${name}\n`)
  }
  const goes = async (page: Page, path: string, name: string): Promise<void> => {
    await page.goto(path)
    await page.getByRole('heading').first().waitFor()
    await picture(page, name)
  }

  const unpaid = await customer.place('picture-unpaid', { paymentKey: undefined })
  const tracked = await order(customer, 'accept', 'start-cooking')
  await order(other)
  await order(other, 'accept')
  await order(other, 'accept', 'start-cooking', 'finish-cooking')

  // The customer's pages are open to anybody, so the door is reached by the page of the person.
  const phone = await (await openDevice(browser, origin, 'phone', SHARP)).newPage()
  await phone.goto('/me')
  await phone.getByRole('button', { name: '바로 시작' }).click()
  await phone.getByRole('heading', { name: '내 등급' }).waitFor()
  await goes(phone, '/', 'customer-stores')
  await goes(phone, '/stores/store-1', 'customer-menu')
  await goes(phone, '/stores/store-1/items/m-1-2', 'customer-item')
  await phone.getByText('순살').click()
  await phone.getByRole('button', { name: /담기$/ }).click()
  await phone.waitForURL('**/stores/store-1')
  await goes(phone, '/cart', 'customer-cart')
  await phone.getByRole('button', { name: '변경 배달 받을 곳' }).click()
  await phone.locator('.map-point').first().waitFor()
  await picture(phone, 'customer-address')
  await goes(phone, `/orders/${unpaid.id}/pay`, 'customer-payment')
  await goes(phone, `/orders/${tracked}`, 'customer-tracking')
  await goes(phone, '/orders', 'customer-orders')
  await goes(phone, '/me', 'customer-me')

  const tablet = await open('tablet', '/store/')
  await picture(tablet, 'store-feed')
  await goes(tablet, '/store/menu', 'store-menu')
  await goes(tablet, '/store/sales', 'store-sales')
  await goes(tablet, '/store/settings', 'store-settings')

  const bike = await open('phone', '/rider/')
  await bike.getByRole('switch').first().press('Space')
  await bike.getByRole('button', { name: '동의하고' }).click()
  await bike.getByRole('button', { name: '배달 잡기' }).first().waitFor()
  await picture(bike, 'rider-nearby')
  await bike.getByRole('button', { name: '배달 잡기' }).first().click()
  await bike.waitForURL('**/orders/**')
  await bike.getByRole('button', { name: '닫기' }).click()
  await picture(bike, 'rider-delivery')
  for (const screen of ['today', 'settings']) await goes(bike, `/rider/${screen}`, `rider-${screen}`)

  const desk = await open('desk', '/ops/')
  await picture(desk, 'ops-now')
  const screens = ['breakers', 'dead-letters', 'orders', 'map', 'system', 'accounts']
  for (const screen of screens) await goes(desk, `/ops/${screen}`, `ops-${screen}`)
  await goes(desk, `/ops/orders/${tracked}`, 'ops-order')
} finally {
  await browser.close()
}
