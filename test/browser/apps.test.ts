import { expect } from 'chai'
import type { BrowserContext, Page } from 'playwright-core'
import { complaintsOf, describeInBrowser, expectAccessible, openDevice } from '../harness/browser.ts'
import { sharedApps } from '../harness/shared-apps.ts'

/** The first of each demo account, who is let in by one tap. They are the first to come: nothing has happened to them yet. */
const APPS = [
  { path: '/me', device: 'phone', login: 'customer-1' }, // the stores are for everybody
  { path: '/store/', device: 'tablet', login: 'store-1' },
  { path: '/rider/', device: 'phone', login: 'rider-1' },
  { path: '/ops/', device: 'desk', login: 'ops-1' },
] as const

describeInBrowser('the apps', () => {
  const apps = sharedApps()
  const contexts: BrowserContext[] = []

  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
  })

  for (const { path, device, login } of APPS)
    it(`let ${login} in by one tap, are there again after a reload, and speak English when asked to`, async () => {
      await using context = await openDevice(apps.thing.browser, apps.thing.url, device)
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

  it('carry one order from the tap to the door, in the hands of three people who wait for each other', async () => {
    const at = async (device: 'phone' | 'tablet', path: string): Promise<Page> => {
      const context = await openDevice(apps.thing.browser, apps.thing.url, device)
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      await page.goto(path)
      await page.getByRole('button', { name: '바로 시작' }).click()
      return page
    }
    const [customer, store, rider] = [
      await at('phone', '/sign-in?to=/stores/store-1'),
      await at('tablet', '/store/'),
      await at('phone', '/rider/'),
    ]
    const kitchen = async (what: RegExp): Promise<void> => store.getByRole('button', { name: what }).click()

    await customer.getByRole('link', { name: '옛날통닭 13,900원' }).click()
    await customer.getByRole('button', { name: '13,900원 담기' }).click()
    await customer.getByRole('link', { name: /^장바구니 보기/ }).click()
    await customer.getByRole('button', { name: '13,900원 주문하기' }).click()
    await customer.getByRole('button', { name: '13,900원 결제하기' }).click()

    await kitchen(/^확인했어요$/)
    await kitchen(/^수락 /)
    await store.getByRole('dialog').getByRole('button', { name: '15분', exact: true }).click()
    await kitchen(/^조리 시작 /)
    await customer.getByText('조리 완료까지').waitFor()
    await rider.getByText('오프라인', { exact: true }).click()
    await rider.getByRole('button', { name: '동의하고 온라인 시작' }).click()
    await rider.getByRole('heading', { name: '지금은 주변에 배달이 없어요' }).waitFor()
    await kitchen(/^조리 완료 /)

    await rider.getByRole('button', { name: /배달 잡기$/ }).click()
    await store.getByText(/라이더가 오는 중/).waitFor()
    await rider.context().setGeolocation({ latitude: 37.4995, longitude: 127.0375 }) // who stands still is soon forgotten here
    await customer.locator('.map-point-rider').waitFor()
    await rider.getByRole('button', { name: '픽업했어요' }).click({ delay: 900 })
    await rider.getByRole('button', { name: '전달했어요' }).click({ delay: 900 })
    await rider.getByText('전달이 기록됐어요').waitFor()

    await customer.getByRole('button', { name: /수령 확인/ }).click()
    await customer.getByRole('heading', { name: '맛있게 드세요' }).waitFor()
    await store.getByText('배달 중인 주문이 없어요').waitFor()
    await rider.getByText('온라인', { exact: true }).click() // and goes home
    await rider.getByText('위치를 공유하지 않아요').waitFor()
  }).timeout(90_000)
})
