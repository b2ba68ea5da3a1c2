import { expect } from 'chai'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { OrderView } from '../../server/contract/order-view.ts'
import { complaintsOf, describeInBrowser, expectAccessible, openDevice } from '../harness/browser.ts'
import { Somebody } from '../harness/people.ts'
import { sharedApps } from '../harness/shared-apps.ts'

/** A story takes 5 s on a quiet machine, and ten times as long beside other suites. */
const PATIENCE_MS = 120_000

/** Each story has a phone of its own, all of customer-2, who orders at store-1; rider-9 brings it. */
describeInBrowser('the app of customers', () => {
  const apps = sharedApps()
  let origin: string
  let customer: Somebody
  let store: Somebody
  let rider: Somebody
  let ops: Somebody
  let keys = 0

  before(async () => {
    origin = apps.thing.url
    ;[customer, store, rider, ops] = await Promise.all([
      Somebody.signIn(origin, 'customer', 'customer-2'),
      Somebody.signIn(origin, 'store', 'store-1'),
      Somebody.signIn(origin, 'rider', 'rider-9'),
      Somebody.signIn(origin, 'ops', 'ops-1'),
    ])
  })

  const phone = (): Promise<BrowserContext> => openDevice(apps.thing.browser, origin, 'phone')
  const pageOf = async (context: BrowserContext): Promise<{ readonly page: Page; readonly complaints: string[] }> => {
    const page = await context.newPage()
    return { page, complaints: complaintsOf(page) }
  }
  const signIn = async (page: Page): Promise<void> => {
    await page.getByLabel('아이디').fill('customer-2')
    await page.getByLabel('비밀번호').fill('demo')
    await page.getByRole('button', { name: '로그인', exact: true }).click()
  }
  const enter = async (page: Page, to: string): Promise<void> => {
    await page.goto(`/sign-in?to=${to}`)
    await signIn(page)
    await page.waitForURL(url => url.pathname === to)
  }
  /** By REST, not paid yet. */
  const unpaid = (): Promise<OrderView> => customer.place(`browser-${++keys}`, { paymentKey: undefined })
  const paid = async (): Promise<OrderView> => {
    const { id } = await customer.place(`browser-${++keys}`, { paymentKey: `pk_test_browser_${keys}` })
    return customer.sees(id, ({ status }) => status === 'placed', 'its order placed')
  }
  const reports = async (lat: number, lng: number): Promise<void> => {
    await rider.call('/api/riders/me/location', 'PUT', { lat, lng, seq: ++keys, at: new Date().toISOString() })
  }

  it('opens without a line, says that the server is out of reach, and goes on by itself', async () => {
    // A page may keep what it needs where the way is safe: https, or the machine itself.
    await using context = await openDevice(apps.thing.browser, origin.replace('localhost', '127.0.0.1'), 'phone')
    const { page, complaints } = await pageOf(context)
    const store = page.getByRole('link', { name: '역삼옛날통닭 영업 중' })
    await page.goto('/')
    await store.waitFor()
    await page.waitForFunction(() => {
      const { navigator } = globalThis as unknown as { readonly navigator: { readonly serviceWorker: { readonly controller: unknown } } }
      return navigator.serviceWorker.controller !== null
    })
    await context.setOffline(true)
    await page.reload()
    await page.getByText('서버에 연결할 수 없어요').waitFor()
    await expectAccessible(page)
    await context.setOffline(false)
    await store.waitFor()
    expect(complaints).to.deep.equal([])
  })

  it('lets anybody choose, asks who it is at the order, and makes one order of two double taps', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    await page.goto('/')
    await page.getByRole('link', { name: '역삼옛날통닭 영업 중' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('searchbox', { name: '가게·메뉴 검색' }).fill('양념치킨')
    await page.getByRole('link', { name: '골목분식 역삼점' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: '역삼옛날통닭' }).click()
    await page.getByRole('link', { name: '양념치킨' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: '양념치킨' }).click()
    const add = page.getByRole('button', { name: '19,000원 담기' })
    await page.getByText('‘부위 선택’에서 1개를 더 골라 주세요.').waitFor()
    expect(await add.isDisabled()).to.equal(true)
    await expectAccessible(page)
    await page.getByText('순살').click()
    await page.getByText('치킨무').click()
    await page.getByRole('button', { name: '하나 늘리기' }).click()
    await page.getByRole('button', { name: '43,000원 담기' }).click()
    await page.getByRole('link', { name: '장바구니 보기 · 2개' }).click()
    await page.getByRole('link', { name: '로그인하고 주문하기' }).waitFor()
    await expectAccessible(page)
    await page.reload() // the cart is kept
    await page.getByRole('button', { name: '변경 배달 받을 곳' }).click()
    await page.getByLabel('주소', { exact: true }).fill('서울 강남구 선릉로 1')
    await page.getByLabel('상세 주소').fill('7층')
    await page.getByRole('button', { name: '이 주소로 받기' }).click()
    await page.getByRole('alert').getByText('주소는 바뀌었는데 핀은 그대로예요.').waitFor() // nobody looks an address up
    await page.getByRole('region', { name: '지도', exact: true }).press('ArrowRight') // 100 pixels
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await page.getByText('핀에서 가장 가까운 가게: 역삼').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '현재 위치로 맞추기' }).click()
    await page.getByText('현재 위치로 맞췄어요').waitFor()
    await page.getByRole('button', { name: '이 주소로 받기' }).click()
    await page.getByRole('link', { name: '로그인하고 주문하기' }).click()
    await signIn(page)
    await page.getByRole('button', { name: '43,000원 주문하기' }).dblclick()
    await page.getByText('모의 결제').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '43,000원 결제하기' }).dblclick()
    await page.getByRole('heading', { name: '가게가 주문을 확인하고 있어요' }).waitFor()
    await expectAccessible(page)

    const { items } = await customer.call<{ readonly items: readonly OrderView[] }>('/api/orders')
    expect(items.map(({ status }) => status)).to.deep.equal(['placed']) // two double taps, one order
    expect(items.map(({ total, deliverTo }) => ({ total, deliverTo }))).to.deep.equal([
      { total: 43_000, deliverTo: { address: '서울 강남구 선릉로 1', detail: '7층', lat: 37.5005, lng: 127.0368 } },
    ])
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)

  it('follows an order through the kitchen and over the map to the door, and into the next grade', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    const { id } = await paid()
    await enter(page, `/orders/${id}`)
    await page.getByRole('heading', { name: '가게가 주문을 확인하고 있어요' }).waitFor()
    await store.act(id, 'accept', { prepMinutes: 15 })
    await page
      .getByRole('timer')
      .getByText(/^1[45]:\d\d$/)
      .waitFor()
    await store.act(id, 'start-cooking')
    await page.getByRole('heading', { name: '맛있게 만들고 있어요' }).waitFor()
    expect(await page.getByRole('button', { name: '주문 취소' }).count()).to.equal(0)
    await store.act(id, 'finish-cooking')
    await rider.call('/api/riders/me/status', 'PUT', { online: true })
    await reports(37.4987, 127.0393)
    await rider.act(id, 'pick')
    await page.getByRole('heading', { name: '라이더가 가져다드리고 있어요' }).waitFor()
    await page.getByText('배달 받을 곳까지 직선거리 286 m').waitFor()
    await reports(37.5005, 127.0368)
    await page.getByText('배달 받을 곳까지 직선거리 54 m').waitFor()
    await page.getByText(/라이더 위치가 \d\d:\d\d 이후로 갱신되지 않았어요/).waitFor()
    await page.getByText(/이후로 라이더 위치를 알 수 없어 지도에서 숨겼어요/).waitFor()
    await expectAccessible(page)
    await rider.act(id, 'deliver')
    await page.getByRole('button', { name: '잘 받았어요 · 수령 확인' }).click()
    await page.getByRole('heading', { name: '맛있게 드세요!' }).waitFor()
    await page.getByText('축하해요! 주문 1번을 채워 실버 등급이 됐어요.').waitFor()
    await page.getByRole('link', { name: '내 등급 보기' }).click()
    await page.getByText('1 / 20번').waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: '주문내역' }).click()
    await page.getByRole('heading', { name: '지난 주문' }).waitFor()
    await expectAccessible(page)
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)

  it('tells a declined card, and takes another one for the same order', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    const { id } = await unpaid()
    await enter(page, `/orders/${id}`)
    await page.getByRole('link', { name: '결제하기' }).click()
    await page.getByRole('radio', { name: '거절되는 카드' }).check({ force: true })
    await page.getByRole('button', { name: '13,900원 결제하기' }).click()
    await page.getByRole('alert').getByText('결제가 거절됐어요').waitFor()
    await expectAccessible(page)
    await page.goto('/') // and is found again, though it is in no sync any more
    await page.getByRole('link', { name: '결제 거절 · 다시 결제' }).waitFor()
    await page.getByRole('link', { name: '주문내역' }).click()
    const open = page.getByRole('region', { name: '진행 중인 주문' })
    await open.getByText(/까지 결제할 수 있어요/).waitFor()
    await expectAccessible(page)
    await open.getByRole('link', { name: '다른 카드로 결제하기' }).click()
    await page.getByRole('radio', { name: '승인되는 카드' }).check({ force: true })
    await page.getByRole('button', { name: '13,900원 결제하기' }).click()
    await page.getByRole('heading', { name: '가게가 주문을 확인하고 있어요' }).waitFor()
    await store.act(id, 'reject', { reason: '재료가 떨어졌어요' })
    await page.getByText('사유: 재료가 떨어졌어요').waitFor()
    await page.getByText('13,900원을 모두 환불했어요.').waitFor()
    await expectAccessible(page)
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)

  it('says that it checks while the provider does not answer, and knows the outcome without being asked', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    const { id } = await unpaid()
    await enter(page, `/orders/${id}/pay`)
    await page.getByRole('radio', { name: '응답이 없는 결제사' }).check({ force: true })
    await page.getByRole('button', { name: '13,900원 결제하기' }).click()
    await page.waitForURL(url => url.pathname === `/orders/${id}`)
    await page.getByRole('heading', { name: '결제를 확인하고 있어요' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('heading', { name: '가게가 주문을 확인하고 있어요' }).waitFor()
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)

  it('cancels with the money back, and says so when the kitchen was faster', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    // A slow line: while it is held, nothing that the server says by itself arrives, and its answers do.
    let isHeld = false
    await page.routeWebSocket(/socket\.io/, socket => {
      const server = socket.connectToServer()
      server.onMessage(message => {
        if (!isHeld || !String(message).startsWith('42["order"')) socket.send(message)
      })
    })
    const [first, second] = [await paid(), await paid()]
    await enter(page, `/orders/${first.id}`)
    await page.getByRole('button', { name: '주문 취소' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: '주문 취소하기' }).click()
    await page.getByText('13,900원을 모두 환불했어요.').waitFor()

    await page.goto(`/orders/${second.id}`)
    await page.getByRole('button', { name: '주문 취소' }).click()
    isHeld = true
    await store.act(second.id, 'accept', { prepMinutes: 10 })
    await store.act(second.id, 'start-cooking')
    await page.getByRole('button', { name: '주문 취소하기' }).click()
    await page.getByText('취소하기 직전에 가게가 조리를 시작했어요.').waitFor()
    await expectAccessible(page)
    isHeld = false
    await page.getByRole('button', { name: '알겠어요' }).click()
    await page.getByRole('heading', { name: '맛있게 만들고 있어요' }).waitFor()
    expect((await customer.order(second.id)).status).to.equal('cooking')
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)

  it('waits in the waiting room while no payment gets through, and goes on by itself', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    const { id } = await unpaid()
    await enter(page, `/orders/${id}/pay`)
    await ops.call('/api/ops/breakers/confirm/force', 'POST', { state: 'open', reason: 'a test' })
    await page.getByRole('button', { name: '13,900원 결제하기' }).click()
    await page.getByRole('heading', { name: '결제 대기실' }).waitFor()
    await page.getByText('다음이 내 차례예요').waitFor()
    await page.getByText(/까지 차례가 오지 않으면/).waitFor()
    await expectAccessible(page)
    await page.reload() // the place is told anew
    await page.getByText('다음이 내 차례예요').waitFor()
    await ops.call('/api/ops/breakers/confirm/release', 'POST', { reason: 'a test' })
    await page.getByRole('heading', { name: '가게가 주문을 확인하고 있어요' }).waitFor()
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)

  it('explains at the cart what cannot be ordered, and fills it anew from an old order', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    const { id } = await paid()
    await store.act(id, 'reject', { reason: 'closing' })
    const sell = (soldOut: boolean) => store.call('/api/stores/me/menu/m-1-1', 'PUT', { soldOut })
    await enter(page, '/orders')
    await page.locator('li', { hasText: '가게 거절' }).getByRole('button', { name: '같은 메뉴 다시 담기' }).first().click()
    const order = page.getByRole('button', { name: '13,900원 주문하기' })
    await order.waitFor()
    await sell(true)
    await order.click()
    await page.getByText('방금 품절됐어요. 빼고 주문해 주세요.').waitFor()
    await expectAccessible(page)
    await sell(false)
    await page.goto('/stores/store-2/items/m-2-6')
    await page.getByRole('button', { name: '7,000원 담기' }).click()
    await page.getByRole('dialog', { name: '다른 가게 메뉴가 담겨 있어요' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '그대로 두기' }).click()
    await store.call('/api/stores/me/status', 'PUT', { open: false, forMinutes: 30 })
    await page.goto('/cart')
    await order.click()
    await page.getByRole('alert').getByText('가게가 잠시 쉬고 있어요.').waitFor()
    await page.getByText(/\d\d:\d\d부터 주문할 수 있어요\.$/).waitFor()
    await store.call('/api/stores/me/status', 'PUT', { open: true })

    await store.call('/api/stores/me/profile', 'PUT', { intakeCap: 1 })
    await unpaid()
    await order.click()
    await page.getByRole('alert').getByText('가게에 주문이 몰려 지금은 더 받을 수 없어요.').waitFor()
    await page.getByText(/\d\d:\d\d에 다시 주문해 주세요\.$/).waitFor()
    await store.call('/api/stores/me/profile', 'PUT', { intakeCap: null })

    const { items } = await store.call<{ readonly items: readonly { readonly id: string }[] }>('/api/stores/me/menu')
    const dearer = items.map(item => (item.id === 'm-1-1' ? { ...item, price: 14_900 } : item))
    await store.call('/api/stores/me/menu', 'PUT', { items: dearer })
    await page.reload()
    await page.getByText('그사이 가격이 13,900원에서 14,900원으로 바뀌었어요.').waitFor()
    await page.getByRole('button', { name: '14,900원 주문하기' }).waitFor()
    await expectAccessible(page)
    await store.call('/api/stores/me/menu', 'PUT', { items })
    await page.getByRole('button', { name: '옛날통닭 빼기' }).click()
    await page.getByRole('heading', { name: '장바구니가 비어 있어요' }).waitFor()
    await expectAccessible(page)
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)

  it('takes an order from somebody who has a keyboard only', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    await enter(page, '/')
    await page.getByRole('link', { name: '역삼옛날통닭 영업 중' }).waitFor()
    /** Tab until it has the focus: it must be there, and be reached. */
    const reach = async (target: Locator): Promise<void> => {
      await target.waitFor()
      for (let tabs = 0; tabs < 60; tabs++) {
        if (await target.evaluate(element => element.matches(':focus'))) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`no Tab leads to ${target}`)
    }
    const press = async (role: 'link' | 'button', name: string): Promise<void> => {
      await reach(page.getByRole(role, { name }))
      await page.keyboard.press('Enter')
    }
    await press('link', '역삼옛날통닭 영업 중')
    await press('link', '양념치킨')
    await reach(page.getByRole('radio', { name: '한 마리' }))
    await page.keyboard.press('Space')
    await press('button', '19,000원 담기')
    await press('link', '장바구니 보기')
    await press('button', '19,000원 주문하기')
    await press('button', '19,000원 결제하기')
    await page.getByRole('heading', { name: '가게가 주문을 확인하고 있어요' }).waitFor()
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)

  it('is found again on every page after a reload, by its address alone', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    const { id } = await unpaid()
    await enter(page, '/orders')
    await page.getByRole('heading', { name: '진행 중인 주문' }).waitFor()
    // As a provider's page brings a browser back: with another price nothing is paid, with the right one it is.
    await page.goto(`/orders/${id}/paid?paymentKey=pk_test_back&orderId=${id}&amount=100`)
    await page.getByText('결제 금액이 주문과 달라 진행하지 않았어요.').waitFor()
    await expectAccessible(page)
    await page.goto(`/orders/${id}/paid?paymentKey=pk_test_back&orderId=${id}&amount=13900`)
    await page.getByRole('heading', { name: '가게가 주문을 확인하고 있어요' }).waitFor()
    await page.goto('/stores/store-1/items/m-1-2')
    await page.getByRole('radio', { name: '순살' }).waitFor()
    await page.getByRole('button', { name: '뒤로' }).click()
    await page.waitForURL(url => url.pathname === '/stores/store-1')
    await page.goto('/nowhere/at/all')
    await page.getByRole('heading', { name: '없는 화면이에요' }).waitFor()
    await expectAccessible(page)
    await page.goto(`/orders/${id}`)
    await page.getByRole('heading', { name: '가게가 주문을 확인하고 있어요' }).waitFor()
    await customer.act(id, 'cancel')
    await page.getByText('모두 환불했어요.').waitFor()
    await page.reload() // over, so nothing is pushed: it is read
    await page.getByText('모두 환불했어요.').waitFor()
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)

  it('speaks English when asked to, keeps the choice, and signs out everywhere', async () => {
    await using context = await phone()
    const { page, complaints } = await pageOf(context)
    await enter(page, '/me')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('switch', { name: 'Messages by KakaoTalk and SMS' }).waitFor()
    await page.getByText('Messages by KakaoTalk and SMS').click()
    await page.getByRole('switch', { checked: false, disabled: false }).waitFor()
    expect((await customer.call<{ readonly messages: object }>('/api/customers/me')).messages).to.deep.equal({ kakao: false })
    await page.reload()
    await page.getByRole('link', { name: 'Orders' }).click()
    await page.getByRole('heading', { name: 'Past orders' }).waitFor()
    await page.getByRole('link', { name: 'Me', exact: true }).click()
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('dialog').waitFor()
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('button', { name: 'Start as customer-1' }).waitFor()
    expect(complaints).to.deep.equal([])
  }).timeout(PATIENCE_MS)
})
