import { expect } from 'chai'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { OrderView } from '../../server/contract/order-view.ts'
import { complaintsOf, describeInBrowser, expectAccessible, openBrowser, openDevice } from '../harness/browser.ts'
import { startHouse, type TestHouse } from '../harness/house.ts'
import { Somebody } from '../harness/people.ts'

/** Few tries for a refund, and a store that is called so often that operators soon hear of it. */
const ENV = { PAYMENT_MAX_ATTEMPTS: '2', PAYMENT_RETRY_MAX_MS: '100', ALERT_EVERY_MS: '400' }

describeInBrowser('the console of operators', () => {
  let house: TestHouse
  let browser: Browser
  let desk: BrowserContext
  let page: Page
  let complaints: string[]
  let customer: Somebody
  let store: Somebody

  before(async function () {
    this.timeout(120_000)
    ;[house, browser] = await Promise.all([startHouse(ENV, { apps: true }), openBrowser()])
    const { url } = house.house
    ;[customer, store] = await Promise.all([Somebody.signIn(url, 'customer', 'customer-1'), Somebody.signIn(url, 'store', 'store-1')])
    desk = await openDevice(browser, url, 'desk')
    page = await desk.newPage()
    complaints = complaintsOf(page)
    await page.goto('/ops/')
    await page.getByRole('button', { name: 'ops-1(으)로 바로 시작' }).click()
    await page.getByText('연결됨').waitFor()
  })
  after(async () => {
    await browser.close()
    await house[Symbol.asyncDispose]()
  })
  afterEach(() => expect(complaints).to.deep.equal([]))

  const cooking = async (key: string): Promise<OrderView> => {
    const { id } = await customer.place(key, { paymentKey: `pk_test_${key}` })
    await store.act(id, 'accept', { prepMinutes: 10 })
    return store.act(id, 'start-cooking')
  }
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })
  const dialog = () => page.getByRole('dialog')
  const giveReason = async (reason: string, act: string): Promise<void> => {
    await dialog().getByLabel('사유').fill(reason)
    await dialog().getByRole('button', { name: act }).click()
    await dialog().waitFor({ state: 'detached' })
  }

  it('is there on each of its screens by a link and after a reload, for everybody', async function () {
    this.timeout(60_000)
    const { id } = await cooking('screens')
    const to = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true })
    const screens = [
      [to('지금'), '지금', page.getByRole('table', { name: '호스트' })],
      [to('결제 차단기'), '결제 차단기', page.getByRole('img', { name: /최근 1시간 동안/ }).first()],
      [to('실패한 작업'), '실패한 작업', page.getByText('포기한 작업이 없어요.')],
      [to('주문'), '주문', page.getByRole('link', { name: id })],
      [page.getByRole('link', { name: id }), `주문 ${id}`, page.getByText('조리를 시작했어요')],
      [page.getByRole('link', { name: '가게 로그아웃' }), '계정', page.getByLabel('계정 아이디')],
      [to('지도'), '지도', page.getByRole('table', { name: '칸별 진행 중인 주문' })],
      [to('시스템'), '시스템', page.getByRole('img', { name: /^명령: 최저/ })],
    ] as const
    for (const [link, title, shown] of screens) {
      await link.click()
      await heading(title).waitFor()
      await shown.waitFor()
      await page.reload()
      await heading(title).waitFor()
      await shown.waitFor()
      await expectAccessible(page)
    }
    await page.goto('/ops/nowhere')
    await page.getByRole('link', { name: '지금 화면으로' }).click()
    await heading('지금').waitFor()
  })

  it('forces a breaker open only with a reason, is seen to by push in a second window, and releases it', async () => {
    await page.goto('/ops/breakers')
    const breaker = page.getByRole('region', { name: '결제 취소 · 환불', exact: true })
    await breaker.getByText('닫힘 · 정상').first().waitFor()
    const second = await desk.newPage()
    const seen = complaintsOf(second)
    await second.goto('/ops/')
    await second.getByText('모두 정상이에요.').waitFor()

    await breaker.getByRole('button', { name: '강제로 열기' }).click()
    await dialog().getByText('환불 요청이 결제사로 가지 않아요.').waitFor()
    await expectAccessible(page)
    await dialog().getByRole('button', { name: '강제로 열기' }).click()
    await dialog().getByText('사유를 적어 주세요.').waitFor()
    await giveReason('카드사 점검', '강제로 열기')
    await second.getByRole('link', { name: '결제 취소 · 환불 차단기가 강제로 열려 있어요.' }).waitFor({ timeout: 10_000 }) // it asks by itself only every 15 s
    await breaker.getByText('열림 · 멈춤').first().waitFor()
    await breaker.getByRole('img', { name: /1번, 모두 .* 열렸어요/ }).waitFor()
    await breaker.getByText(/바뀐 기록/).click()
    await breaker.getByRole('row', { name: /카드사 점검.*ops\/ops-1/ }).waitFor()

    await breaker.getByRole('button', { name: '강제 풀기' }).click()
    await giveReason('점검 끝', '강제 풀기')
    await second.getByText('모두 정상이에요.').waitFor({ timeout: 10_000 })
    await breaker.getByText('닫힘 · 정상').first().waitFor()
    expect(seen).to.deep.equal([])
    await second.close()
  })

  it('finds an order by the beginning of its id, tells its story with the causes, and ends it with a refund', async () => {
    const { id } = await cooking('story')
    await page.goto('/ops/orders')
    await page.getByLabel('주문 아이디의 앞부분 또는 고객 전화번호').fill(id.slice(0, 12))
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: id }).click()
    await heading(`주문 ${id}`).waitFor()
    const paid = page.getByRole('listitem').filter({ hasText: '결제 승인의 결과가 왔어요' })
    await paid.getByText('시킨 일이 끝남 (결제 승인)').waitFor()
    await paid.getByRole('link', { name: 'v1에서 시작' }).waitFor()
    await page.getByText('가게 store-1 · 원인: 직접 요청').first().waitFor()
    await page.getByText('시간 제한, 게시판, 다른 쪽에 알린 것까지 보기').click()
    await page.getByText(/수락 시간 .*까지/).waitFor()

    await page.getByRole('button', { name: '주문 중단' }).click()
    await dialog().getByText('고객에게 13,900원이 환불돼요.').waitFor()
    await giveReason('주방 화재', '주문 중단')
    await page.getByText('환불 끝남').waitFor()
    await page.getByText('운영자가 중단했어요').waitFor()
    await page.getByText('결제됐고 아직 배달되지 않은 주문만').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: id }).waitFor()
  })

  it('has a refund that was given up tried again, and says what came of it', async () => {
    const faults = (body: object) => fetch(`${house.house.standIns.psp}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(body) })
    await faults({ errorRate: 1, on: ['cancel'] })
    const lost = await customer.place('lost', { paymentKey: 'pk_test_lost' })
    await customer.act(lost.id, 'cancel')
    await page.goto('/ops/dead-letters')
    await page.getByRole('link', { name: `order/${lost.id}의 환불 보기` }).click()
    await page.reload()
    const letter = page.getByRole('region', { name: '작업 하나' })
    await letter.getByText('결제사 오류 (PROVIDER_ERROR)').waitFor()
    await expectAccessible(page)
    await faults({})
    await letter.getByRole('button', { name: '다시 시도' }).click()
    await giveReason('결제사 장애 복구', '다시 시도')
    await page.getByRole('row').filter({ hasText: '결제사 장애 복구' }).getByText('해결됐어요').waitFor()
    await page.getByText('포기한 작업이 없어요.').waitFor()
    await customer.sees(lost.id, ({ refund }) => refund === 'done', 'its money back')
  })

  it('calls the operator to an order that nobody at its store looks at, on whatever screen, until somebody does', async () => {
    await page.goto('/ops/accounts')
    const { id } = await customer.place('unseen', { paymentKey: 'pk_test_unseen' })
    await page.getByRole('link', { name: '가게가 안 본 주문 1건' }).click()
    await page.getByRole('link', { name: '가게가 보지 않은 주문이 1건 있어요. 가게에 전화해 주세요.' }).waitFor()
    const row = page.getByRole('row', { name: new RegExp(`store-1.*${id.slice(-4).toUpperCase()}`) })
    expect(await row.getByRole('link', { name: '02-0000-0001' }).getAttribute('href')).to.equal('tel:0200000001')
    await store.act(id, 'accept', { prepMinutes: 10 })
    await page.getByText('가게가 모든 주문을 보고 있어요.').waitFor()
  })

  it('does not send the last host away by mistake', async () => {
    await page.goto('/ops/system')
    await page.getByRole('button', { name: /^host-.* 내보내기$/ }).click()
    await dialog()
      .getByText(/마지막 호스트예요/)
      .waitFor()
    await dialog().getByLabel('사유').fill('점검')
    await dialog().getByRole('button', { name: '내보내기' }).click()
    await dialog().getByRole('alert').waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })

  it('signs somebody out everywhere, from the order that led there', async () => {
    const { id } = await cooking('account')
    const rider = await Somebody.signIn(house.house.url, 'rider', 'rider-1')
    await rider.call('/api/riders/me/status', 'PUT', { online: true })
    await store.act(id, 'finish-cooking')
    await rider.act(id, 'pick')
    await page.goto(`/ops/orders/${id}`)
    await page.getByRole('link', { name: '라이더 로그아웃' }).click()
    await page.getByRole('button', { name: '모두 로그아웃' }).click()
    await giveReason('휴대폰 분실', '모두 로그아웃')
    await page.getByText('라이더 rider-1, 모든 기기에서 로그아웃했어요.').waitFor()
    expect(await rider.refused(`/api/orders/${id}`)).to.match(/^401 /)
  })
})
