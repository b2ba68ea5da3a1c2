import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { complaintsOf, describeInBrowser, expectAccessible, openBrowser, openDevice } from '../harness/browser.ts'
import { startHouse, type TestHouse } from '../harness/house.ts'

const APPS = [
  { path: '/me', device: 'phone', login: 'customer-1' }, // the stores are for everybody
  { path: '/store/', device: 'tablet', login: 'store-1' },
  { path: '/rider/', device: 'phone', login: 'rider-1' },
  { path: '/ops/', device: 'desk', login: 'ops-1' },
] as const

describeInBrowser('the door of each app', () => {
  let house: TestHouse
  let browser: Browser

  before(async function () {
    this.timeout(120_000)
    ;[house, browser] = await Promise.all([startHouse({}, { apps: true }), openBrowser()])
  })
  after(async () => {
    await browser.close()
    await house[Symbol.asyncDispose]()
  })

  for (const { path, device, login } of APPS)
    it(`lets ${login} in by one tap, is there again after a reload, and speaks English when asked to`, async () => {
      await using context = await openDevice(browser, house.house.url, device)
      const page = await context.newPage()
      const complaints = complaintsOf(page)
      await page.goto(path)
      await page.getByRole('button', { name: `${login}(으)로 바로 시작` }).waitFor()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('button', { name: `Start as ${login}` }).click()
      await page.getByText('Connected').waitFor()
      await page.reload()
      await page.getByText('Connected').waitFor()
      expect(complaints).to.deep.equal([])
    })
})
