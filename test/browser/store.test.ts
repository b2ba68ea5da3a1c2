import { expect } from 'chai'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { StoreView } from '../../server/contract/stores.ts'
import { complaintsOf, describeInBrowser, expectAccessible, openDevice } from '../harness/browser.ts'
import { HOME, Somebody } from '../harness/people.ts'
import { sharedApps } from '../harness/shared-apps.ts'

/** Two hundred cards: the feed of a kitchen that has lost its mind. */
const MANY = 200

const MOVED = 20

/** What the page's own thread has worked until now, ms: the same however busy the machine is. */
const workOf = async (page: Page): Promise<number> => {
  const chromium = await page.context().newCDPSession(page)
  await chromium.send('Performance.enable', { timeDomain: 'threadTicks' })
  const { metrics } = await chromium.send('Performance.getMetrics')
  await chromium.detach()
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
}

/** In the page: how often a tone was begun. */
const COUNT_RINGS = `
  globalThis.rings = 0
  const { start } = OscillatorNode.prototype
  OscillatorNode.prototype.start = function (when) { rings++; start.call(this, when) }
`

const shortId = ({ id }: Pick<OrderView, 'id'>): string => id.slice(-4).toUpperCase()

/** Stores 2 to 8, one for each story or two; rider-9 brings what one of them has cooked. */
describeInBrowser('the tablet of a store', function () {
  this.timeout(120_000)
  const apps = sharedApps()
  let url: string
  let customers: readonly Somebody[]
  let keys = 0

  before(async () => {
    // By this name and not localhost, where Socket.IO does not heed the browser's word that the network is gone.
    url = apps.thing.url.replace('localhost', '127.0.0.1')
    customers = await Promise.all(Array.from({ length: 20 }, (_, n) => Somebody.signIn(url, 'customer', `customer-${n + 1}`)))
  })

  const customer = (): Somebody => customers[keys % customers.length] as Somebody
  const place = (storeId: string, more: object = {}, by = customer()): Promise<OrderView> => {
    const menuId = `m-${storeId.split('-')[1]}-1`
    return by.place(`tablet-${++keys}`, { storeId, items: [{ menuId, quantity: 2 }], deliverTo: HOME, ...more })
  }
  const ofStore = (id: string): Promise<Somebody> => Somebody.signIn(url, 'store', id)

  /** A tablet on which the store is signed in, and its rings are counted. */
  const openTablet = async (context: BrowserContext, storeId: string): Promise<{ page: Page; complaints: string[] }> => {
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    await page.goto('/store/')
    await page.getByLabel('아이디').fill(storeId)
    await page.getByLabel('비밀번호').fill('demo')
    await page.getByRole('button', { name: '로그인', exact: true }).click()
    await page.getByText('연결됨').waitFor()
    return { page, complaints }
  }
  const column = (page: Page, name: string): Locator => page.locator('.order-column').filter({ has: page.getByRole('heading', { name }) })
  const card = (page: Page, name: string, order: OrderView): Locator =>
    column(page, name).getByRole('article', { name: shortId(order), exact: true })
  const tap = (page: Page, what: string, order: OrderView): Promise<void> =>
    page.getByRole('button', { name: `${what} ${shortId(order)}`, exact: true }).click()
  const accept = async (page: Page, order: OrderView, minutes: string): Promise<void> => {
    await tap(page, '수락', order)
    await page.getByRole('dialog').getByRole('button', { name: minutes, exact: true }).click()
  }

  it('calls loudly to a new order until somebody has looked, and again when the store is called again', async () => {
    await using context = await openDevice(apps.thing.browser, url, 'tablet')
    await context.addInitScript(COUNT_RINGS)
    const { page, complaints } = await openTablet(context, 'store-8')
    const rings = () => page.evaluate<number>('rings')
    await page.reload() // nobody has touched it since
    const order = await place('store-8', { note: '양파는 빼 주세요' })
    const alarm = page.getByRole('alert').filter({ hasText: `새 주문 1건이 들어왔어요 · ${shortId(order)}` })
    await alarm.waitFor()
    await page.getByText('화면을 한 번 누르면 켜져요').waitFor()
    expect(await rings()).to.equal(0)
    await expectAccessible(page)
    await page.getByRole('heading', { name: '새 주문' }).click()
    await page.getByText('화면을 한 번 누르면 켜져요').waitFor({ state: 'detached' })
    await page.waitForFunction('rings > 0')
    expect(await page.title()).to.equal('(1) 새 주문')
    await alarm.getByText('1번 다시 알렸어요').waitFor()
    await alarm.getByRole('button', { name: '확인했어요' }).click()
    await alarm.waitFor({ state: 'detached' })
    await (await ofStore('store-8')).sees(order.id, ({ seenAt }) => seenAt !== undefined, 'that it was looked at')
    expect(await page.title()).to.equal('배달 사장님')
    await card(page, '새 주문', order).getByText('양파는 빼 주세요').waitFor()
    expect(complaints).to.deep.equal([])
  })

  it('takes an order from the promise to the rider, with a tap undone and a reload in between', async () => {
    await using context = await openDevice(apps.thing.browser, url, 'tablet')
    const [{ page, complaints }, store] = [await openTablet(context, 'store-2'), await ofStore('store-2')]
    const order = await place('store-2')
    await tap(page, '수락', order)
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: '20분', exact: true }).click()
    await card(page, '수락함', order)
      .getByText(/^(19|20)분 남음$/)
      .waitFor()
    expect(await store.order(order.id)).to.include({ status: 'accepted', prepMinutes: 20 })

    await tap(page, '조리 시작', order)
    await page.getByRole('button', { name: /^되돌리기/ }).click()
    await tap(page, '조리 시작', order)
    await page.getByRole('button', { name: /^되돌리기/ }).waitFor()
    expect(await store.order(order.id), 'undone, and held').to.include({ status: 'accepted' })
    await page.reload()
    await page.getByRole('button', { name: /^되돌리기/ }).waitFor()
    await card(page, '조리 중', order).waitFor()
    await store.sees(order.id, ({ status }) => status === 'cooking', 'that it is cooking')

    await tap(page, '조리 완료', order)
    await card(page, '픽업 대기', order).getByText('라이더를 찾는 중').waitFor()
    const rider = await Somebody.signIn(url, 'rider', 'rider-9')
    await rider.call('/api/riders/me/status', 'PUT', { online: true })
    await rider.sees(order.id, ({ status }) => status === 'cooked', 'the order').catch(() => undefined)
    await rider.act(order.id, 'claim')
    await rider.call('/api/riders/me/location', 'PUT', { lat: HOME.lat, lng: HOME.lng, seq: 1, at: new Date().toISOString() })
    await card(page, '픽업 대기', order)
      .getByText(/라이더가 오는 중/)
      .waitFor()
    await card(page, '픽업 대기', order)
      .getByText(/가게에서 .*m/)
      .waitFor()
    await rider.act(order.id, 'pick')
    await card(page, '배달 중', order).waitFor()
    await expectAccessible(page)
    await rider.act(order.id, 'deliver')
    expect(complaints).to.deep.equal([])
  })

  it('rejects with a reason, after asking once more', async () => {
    await using context = await openDevice(apps.thing.browser, url, 'tablet')
    const { page, complaints } = await openTablet(context, 'store-3')
    const order = await place('store-3')
    await tap(page, '거절', order)
    await expectAccessible(page)
    await page.getByRole('button', { name: '재료가 떨어졌어요' }).click()
    await page.getByText('거절하면 되돌릴 수 없어요').waitFor()
    await page.getByRole('button', { name: '거절하기' }).click()
    await card(page, '새 주문', order).waitFor({ state: 'detached' })
    await (await ofStore('store-3')).sees(
      order.id,
      ({ status, reason }) => status === 'rejected' && reason === '재료가 떨어졌어요',
      'its end',
    )
    expect(complaints).to.deep.equal([])
  })

  it('works on without a line, through a reload, and explains what a customer has overtaken', async () => {
    await using context = await openDevice(apps.thing.browser, url, 'tablet')
    const [{ page, complaints }, store, buyer] = [await openTablet(context, 'store-4'), await ofStore('store-4'), customers[0] as Somebody]
    const [kept, canceled] = [await place('store-4'), await place('store-4', {}, buyer)]
    await card(page, '새 주문', canceled).waitFor()
    await card(page, '새 주문', kept).waitFor()
    await page.waitForFunction('navigator.serviceWorker.controller !== null')
    await context.setOffline(true)
    await page.getByText('부터 인터넷이 끊겼어요').waitFor()
    await accept(page, kept, '15분')
    await accept(page, canceled, '10분')
    await card(page, '수락함', kept).getByText('15분 약속').waitFor()
    await tap(page, '조리 시작', kept)
    await card(page, '조리 중', kept).getByText('보내기 대기').waitFor()
    await expectAccessible(page)
    await page.reload()
    await card(page, '조리 중', kept).getByText('보내기 대기').waitFor()
    await page.getByText(/보내기 대기 \d건/).waitFor()
    await buyer.act(canceled.id, 'cancel')
    expect(await store.order(kept.id)).to.include({ status: 'placed' })

    await context.setOffline(false)
    await page.getByText('연결됨').waitFor()
    await store.sees(kept.id, ({ status, prepMinutes }) => status === 'cooking' && prepMinutes === 15, 'what was tapped')
    await card(page, '조리 중', kept).getByText('보내기 대기').waitFor({ state: 'detached' })
    const refusal = page.getByRole('listitem').filter({ hasText: shortId(canceled) })
    await refusal.getByText('그 전에 주문이 취소됐어요. 조리하지 마세요.').waitFor()
    await expectAccessible(page)
    expect(await page.getByRole('article', { name: shortId(canceled) }).count()).to.equal(0)
    await refusal.getByRole('button', { name: `확인 ${shortId(canceled)}` }).click()
    await refusal.waitFor({ state: 'detached' })
    expect(complaints).to.deep.equal([])
  })

  it('says what is sold out, a dish and a choice, to whoever looks', async () => {
    await using context = await openDevice(apps.thing.browser, url, 'tablet')
    const { page, complaints } = await openTablet(context, 'store-5')
    const store = await ofStore('store-5')
    interface Menu {
      items: { id: string; name: string; soldOut: boolean; options: { choices: { name: string; soldOut?: boolean }[] }[] }[]
    }
    const menu = () => store.call<Menu>('/api/stores/me/menu')
    const before = (await menu()).items.filter(({ soldOut }) => soldOut).length
    const dish = (await menu()).items.find(({ options, soldOut }) => !soldOut && options.length > 0)
    const choice = dish?.options[0]?.choices[0]?.name
    await page.getByRole('link', { name: '메뉴' }).click()
    await page.getByLabel('메뉴 찾기').fill(dish?.name ?? '')
    const turn = (name: string): Promise<void> =>
      page
        .locator('label')
        .filter({ has: page.getByRole('switch', { name, exact: true }) })
        .click()
    await turn(`${dish?.name} 품절`)
    await turn(`${dish?.name}, ${choice} 품절`)
    await page.getByText(`품절 ${before + 2}개`).waitFor()
    await expectAccessible(page)
    const told = async () => {
      const now = (await menu()).items.find(({ id }) => id === dish?.id)
      return [now?.soldOut, now?.options[0]?.choices[0]?.soldOut]
    }
    await page.reload()
    await page.getByText(`품절 ${before + 2}개`).waitFor()
    expect(await told()).to.deep.equal([true, true])
    await page.getByLabel('메뉴 찾기').fill('없는 메뉴')
    await page.getByText('“없는 메뉴”에 맞는 메뉴가 없어요.').waitFor()
    expect(complaints).to.deep.equal([])
  })

  it('pauses the store and opens it again, saves its hours, shows its sales, and speaks English', async () => {
    await using context = await openDevice(apps.thing.browser, url, 'tablet')
    const { page, complaints } = await openTablet(context, 'store-8')
    await place('store-8')
    const shown = () => customer().call<StoreView>('/api/stores/store-8')
    await page.getByRole('button', { name: '주문 받는 중' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: '30분' }).click()
    await page.getByRole('button', { name: /쉬는 중 · .*까지/ }).waitFor()
    expect(await shown()).to.include({ open: false, paused: true })
    await page.getByRole('link', { name: '설정' }).click()
    await page.getByRole('button', { name: /쉬는 중/ }).click()
    await page.getByRole('button', { name: '다시 열기' }).click()
    await page.getByRole('button', { name: '주문 받는 중' }).waitFor()
    expect(await shown()).to.include({ open: true })

    await page.getByLabel('15분마다 받을 주문 수').fill('40')
    await page.getByRole('button', { name: '저장' }).click()
    await page.getByText('영업시간을 저장했어요.').waitFor()
    expect(await (await ofStore('store-8')).call<object>('/api/stores/me/profile')).to.include({ intakeCap: 40 })
    await expectAccessible(page)

    await page.getByRole('link', { name: '매출' }).click()
    await page.getByRole('table').getByRole('row').nth(7).waitFor()
    await page.getByText(/^주문 [1-9]\d*건$/).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: '설정' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign out now' }).click()
    await page.getByRole('button', { name: 'Start as store-1' }).waitFor()
    expect(complaints).to.deep.equal([])
  })

  it('is the same on two tablets of one store', async () => {
    await using here = await openDevice(apps.thing.browser, url, 'tablet')
    await using there = await openDevice(apps.thing.browser, url, 'tablet')
    const [{ page: one }, { page: two }] = [await openTablet(here, 'store-6'), await openTablet(there, 'store-6')]
    const order = await place('store-6')
    const alarm = (page: Page) => page.getByRole('button', { name: '확인했어요' })
    await Promise.all([alarm(one).waitFor(), alarm(two).waitFor()])
    await alarm(one).click()
    await alarm(two).waitFor({ state: 'detached' })
    await accept(two, order, '10분')
    await card(one, '수락함', order).waitFor()
  })

  it(`stays quick with ${MANY} open orders`, async () => {
    await using context = await openDevice(apps.thing.browser, url, 'tablet')
    const { page, complaints } = await openTablet(context, 'store-7')
    const orders = await Promise.all(Array.from({ length: MANY }, (_, n) => place('store-7', {}, customers[n % customers.length])))
    await column(page, '새 주문').getByText(`${MANY}건`).waitFor()
    expect(await page.getByRole('article').count()).to.equal(MANY)
    await place('store-7', { note: '마지막 주문' })
    const newest = page.getByRole('article').filter({ hasText: '마지막 주문' }) // of two hundred, two may end alike
    await newest.waitFor({ state: 'attached' })
    // Where nobody looks, nothing is laid out or painted.
    const isDrawn = (one: Locator) => one.locator('.order-lines').evaluate(lines => lines.checkVisibility({ contentVisibilityAuto: true }))
    expect(await isDrawn(page.getByRole('article').first())).to.equal(true)
    expect(await isDrawn(newest)).to.equal(false)
    await newest.getByRole('button', { name: /^수락/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '10분', exact: true }).click()
    await column(page, '수락함').getByText('마지막 주문').waitFor()

    const store = await ofStore('store-7')
    const beforeMs = await workOf(page)
    for (const { id } of orders.slice(0, MOVED)) await store.act(id, 'accept', { prepMinutes: 15 })
    await column(page, '수락함')
      .getByText(`${MOVED + 1}건`)
      .waitFor()
    expect(((await workOf(page)) - beforeMs) / MOVED, 'ms of work for an order that moves; 10 were measured').to.be.below(40)
    expect(complaints).to.deep.equal([])
  })
})
