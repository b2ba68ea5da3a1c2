import { expect } from 'chai'
import type { BrowserContext, Page } from 'playwright-core'
import { complaintsOf, DEVICES, describeInBrowser, expectAccessible, openDevice } from '../harness/browser.ts'
import { HOME, Somebody } from '../harness/people.ts'
import { sharedApps } from '../harness/shared-apps.ts'

/** Of store-1, in the demo's neighbourhood. */
const STORE = '역삼옛날통닭'
const HELD = { delay: 900 } as const
/** In the page: how often the phone was made to buzz. */
const COUNT_BUZZES = 'globalThis.buzzes = 0; navigator.vibrate = () => { buzzes++; return true }'

/** Each story has riders of its own, 1 to 8; rider-10 clears the board. */
describeInBrowser('the app of riders', () => {
  const apps = sharedApps()
  let customer: Somebody
  let store: Somebody
  let sweeper: Somebody
  let placed = 0
  const contexts: BrowserContext[] = []

  before(async () => {
    const { url } = apps.thing
    ;[customer, store, sweeper] = await Promise.all([
      Somebody.signIn(url, 'customer', 'customer-1'),
      Somebody.signIn(url, 'store', 'store-1'),
      Somebody.signIn(url, 'rider', 'rider-10'),
    ])
    await sweeper.call('/api/riders/me/location', 'PUT', { lat: HOME.lat, lng: HOME.lng, seq: 1, at: new Date().toISOString() })
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    // Every story begins with an empty board.
    for (const { orderId } of await sweeper.call<{ orderId: string }[]>('/api/deliveries')) {
      await sweeper.act(orderId, 'pick')
      await sweeper.act(orderId, 'deliver')
    }
  })

  /** An order that waits for a rider. */
  const cooked = async (): Promise<string> => {
    const n = ++placed
    const { id } = await customer.place(`rider-app-${n}`, {
      deliverTo: { ...HOME, detail: '1203호' },
      note: '문 앞에 놓아 주세요',
      paymentKey: `pk_test_rider_app_${n}`,
    })
    await store.act(id, 'accept', { prepMinutes: 10 })
    await store.act(id, 'start-cooking')
    await store.act(id, 'finish-cooking')
    return id
  }

  const opens = async (login: string, context?: BrowserContext): Promise<{ page: Page; complaints: string[] }> => {
    const device = context ?? (await openDevice(apps.thing.browser, apps.thing.url, 'phone'))
    contexts.push(device)
    const page = await device.newPage()
    page.setDefaultTimeout(15_000)
    const complaints = complaintsOf(page)
    await page.goto('/rider/')
    await page.getByLabel('아이디').fill(login)
    await page.getByLabel('비밀번호').fill('demo')
    await page.getByRole('button', { name: '로그인' }).click()
    await page.getByText('연결됨').waitFor()
    return { page, complaints }
  }
  const goesOnline = async (page: Page): Promise<void> => {
    await page.getByText('오프라인', { exact: true }).click()
    await page.getByRole('button', { name: '동의하고 온라인 시작' }).click()
    await page.getByText(/위치 전송 \d+초 전/).waitFor()
  }
  const offer = (page: Page) => page.getByRole('button', { name: `${STORE} 배달 잡기` })

  it('tell what is shared before it is, show a new delivery, and lead from the claim to the door and into the day', async () => {
    const context = await openDevice(apps.thing.browser, apps.thing.url, 'phone')
    await context.addInitScript(COUNT_BUZZES)
    const { page, complaints } = await opens('rider-7', context)
    await page.getByRole('heading', { name: '지금은 오프라인이에요' }).waitFor()
    await expectAccessible(page)
    await page.getByText('오프라인', { exact: true }).click()
    await page.getByRole('dialog', { name: '위치를 공유할까요?' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '나중에' }).click()
    await page.getByText('위치를 공유하지 않아요').waitFor()
    await goesOnline(page)
    await page.getByRole('heading', { name: '지금은 주변에 배달이 없어요' }).waitFor()

    const id = await cooked()
    await offer(page).waitFor()
    expect(await page.evaluate<number>('buzzes'), 'one for a new delivery').to.equal(1)
    expect(await page.getByText('테헤란로').count(), 'no address before the claim').to.equal(0)
    await page.getByRole('button', { name: '지도 보기' }).click()
    await page.locator('.map-point').filter({ hasText: STORE }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '지도 닫기' }).click()
    await offer(page).click()

    await page.getByRole('heading', { name: '가게로 가세요' }).waitFor()
    await page.getByText('이제 내 배달이에요').waitFor()
    await page.getByText('테헤란로 152').waitFor()
    await page.getByText('봉투 이름').waitFor()
    await page.getByRole('timer').waitFor()
    expect(await page.getByRole('link', { name: '길찾기' }).getAttribute('href')).to.match(/^geo:37\.\d+,127\.\d+\?q=/)
    await expectAccessible(page)
    await page.getByRole('button', { name: '픽업했어요' }).click()
    expect((await customer.order(id)).status, 'a short tap is a tap in a pocket').to.equal('cooked')
    await page.getByRole('button', { name: '픽업했어요' }).click(HELD)
    await page.getByRole('heading', { name: '손님에게 가세요' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '전달했어요' }).press('Enter')
    await page.getByText('전달이 기록됐어요').waitFor()
    expect(await customer.order(id)).to.deep.include({ status: 'delivered' })
    await expectAccessible(page)

    await page.getByRole('link', { name: '오늘' }).click()
    await page.getByText('1건', { exact: true }).waitFor()
    await page.getByRole('link', { name: new RegExp(STORE) }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: '설정' }).click()
    await page.getByRole('heading', { name: '새 배달 알림' }).waitFor()
    await expectAccessible(page)
    await page.goBack()
    await page.getByText('가게 → 손님 거리').waitFor()
    await page.goto('/rider/nowhere')
    await page.getByRole('heading', { name: '없는 화면이에요' }).waitFor()
    await expectAccessible(page)
    expect(complaints).to.deep.equal([])
  })

  it('let one of two win who claim at once, tell the other, and take it off his list', async () => {
    const riders = await Promise.all(['rider-2', 'rider-3'].map(login => opens(login, undefined)))
    // Both have it on their screens still when they tap: the word that it is gone is slower than either thumb.
    for (const { page } of riders) {
      await page.routeWebSocket(/socket\.io/, socket => {
        const server = socket.connectToServer()
        server.onMessage(message => {
          if (!message.toString().includes('delivery:gone')) socket.send(message)
        })
      })
      await page.reload()
      await goesOnline(page)
    }
    const id = await cooked()
    await Promise.all(riders.map(({ page }) => offer(page).click()))
    await Promise.all(riders.map(({ page }) => page.getByText(/이제 내 배달이에요|다른 라이더가 먼저 잡았어요/).waitFor()))
    const { rider } = await store.order(id)
    const [winner, loser] = rider?.id === 'rider-2' ? riders : riders.toReversed()
    await winner?.page.getByRole('heading', { name: '가게로 가세요' }).waitFor()
    await loser?.page.getByText(`${STORE} 배달은 다른 라이더가 먼저 잡았어요.`).waitFor()
    await loser?.page.getByRole('heading', { name: '지금은 주변에 배달이 없어요' }).waitFor()
    await loser?.page.goto(`/rider/orders/${id}`)
    await loser?.page.getByRole('heading', { name: '내 배달이 아니에요' }).waitFor()
    expect(riders.flatMap(({ complaints }) => complaints)).to.deep.equal([])
  })

  it('put a delivery back on the board that a rider gives back, and say why he can have only one', async () => {
    const { page, complaints } = await opens('rider-4')
    await goesOnline(page)
    const id = await cooked()
    await offer(page).click()
    await page.getByRole('heading', { name: '가게로 가세요' }).waitFor()
    await page.getByRole('link', { name: '배달', exact: true }).click()
    await page.getByRole('heading', { name: '가게로 가세요' }).waitFor() // the home of who has one in hand
    await cooked()
    await page.getByRole('link', { name: '주변 배달 1건 보기' }).click()
    await offer(page).click()
    await page.getByText('이미 진행 중인 배달이 있어요').waitFor()
    await page.getByRole('link', { name: '진행 중인 배달 보기' }).click()
    await page.getByRole('button', { name: '배차 취소' }).click()
    await page.getByRole('dialog', { name: '배차를 취소할까요?' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: '네, 취소할게요' }).click()
    await page.getByText('2건', { exact: true }).waitFor()
    expect((await customer.order(id)).rider).to.equal(undefined)
    await page.reload()
    await page.getByText('2건', { exact: true }).waitFor() // by the first sync
    await page.goto(`/rider/orders/${id}`)
    await page.getByRole('heading', { name: '내 배달이 아니에요' }).waitFor()
    expect(complaints).to.deep.equal([])
  })

  it('keep what is tapped in a tunnel, also over a reload, and do it when the line is back', async () => {
    // By number: of a page at `localhost`, Socket.IO does not believe that the network is gone.
    const context = await openDevice(apps.thing.browser, apps.thing.url.replace('localhost', '127.0.0.1'), 'phone')
    const { page, complaints } = await opens('rider-5', context)
    await goesOnline(page)
    const id = await cooked()
    await offer(page).click()
    await page.getByRole('heading', { name: '가게로 가세요' }).waitFor()
    // It controls the page once it has kept all that the app needs to open.
    await page.waitForFunction(() => {
      const { navigator } = globalThis as unknown as { readonly navigator: { readonly serviceWorker: { readonly controller: unknown } } }
      return navigator.serviceWorker.controller !== null
    })
    await context.setOffline(true)
    await page.getByText('연결 끊김').waitFor()
    await page.getByRole('button', { name: '픽업했어요' }).click(HELD)
    await page.getByText('픽업: 저장했어요').waitFor()
    await page.reload()
    await page.getByText('픽업: 저장했어요').waitFor()
    await page.getByText('테헤란로 152').waitFor()
    await page.getByRole('button', { name: '전달했어요' }).click(HELD)
    await page.getByText('전달 완료: 저장했어요').waitFor()
    expect((await customer.order(id)).status, 'nothing is pretended').to.equal('cooked')
    await expectAccessible(page)
    await context.setOffline(false)
    await page.getByText('전달이 기록됐어요').waitFor()
    expect((await customer.order(id)).status).to.equal('delivered')
    expect(complaints).to.deep.equal([])
  })

  it('say why, when what was tapped without a line cannot be done any more', async () => {
    const context = await openDevice(apps.thing.browser, apps.thing.url.replace('localhost', '127.0.0.1'), 'phone')
    const { page, complaints } = await opens('rider-8', context)
    await goesOnline(page)
    const id = await cooked()
    await offer(page).click()
    await page.getByRole('heading', { name: '가게로 가세요' }).waitFor()
    await context.setOffline(true)
    await page.getByText('연결 끊김').waitFor()
    await page.getByRole('button', { name: '픽업했어요' }).click(HELD)
    await page.getByText('픽업: 저장했어요').waitFor()
    const ops = await Somebody.signIn(apps.thing.url, 'ops', 'ops-1')
    await ops.act(id, 'abort', { reason: '가게 사정으로 취소' })
    await context.setOffline(false)
    const refusal = page.getByRole('alert').filter({ hasText: '처리되지 않은 요청: 픽업' })
    await refusal.waitFor()
    await expectAccessible(page)
    await refusal.getByRole('button', { name: '확인했어요' }).click()
    await refusal.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: '끝난 배달이에요' }).waitFor()
    await page.getByText('가게 사정으로 취소').waitFor()
    expect(complaints).to.deep.equal([])
  })

  it('count positions on over a reload, so that the server takes each as the newest', async () => {
    const { page, complaints } = await opens('rider-6')
    const seqs: number[] = []
    const accepted: boolean[] = []
    page.on('websocket', socket => {
      socket.on('framesent', ({ payload }) => {
        const seq = /"location",.*"seq":(\d+)/.exec(payload.toString())?.[1]
        if (seq !== undefined) seqs.push(Number(seq))
      })
      socket.on('framereceived', ({ payload }) => {
        const said = /"accepted":(true|false)/.exec(payload.toString())?.[1]
        if (said !== undefined) accepted.push(said === 'true')
      })
    })
    await page.reload()
    await goesOnline(page)
    const before = seqs.length
    await page.reload()
    await page.getByText('온라인', { exact: true }).waitFor()
    await page.getByText(/위치 전송 \d+초 전/).waitFor()
    expect([before > 0, seqs.length > before]).to.deep.equal([true, true])
    expect(seqs).to.deep.equal([...new Set(seqs)].sort((a, b) => a - b))
    expect(new Set(accepted)).to.deep.equal(new Set([true]))

    // He ends his day on another device, and this one says so; then he begins it there.
    const other = await Somebody.signIn(apps.thing.url, 'rider', 'rider-6')
    await other.call('/api/riders/me/status', 'PUT', { online: false })
    await page.reload()
    await page.getByText('위치를 공유하지 않아요').waitFor()
    await other.call('/api/riders/me/status', 'PUT', { online: true })
    await page.reload()
    await page.getByText(/위치 전송 \d+초 전/).waitFor()
    const { page: second } = await opens('rider-6')
    await second.getByText('다른 기기에서 온라인이에요').waitFor() // nothing is shared by a device that was not asked
    await expectAccessible(second)
    await second.getByRole('button', { name: '이 기기로 일하기' }).click()
    await second.getByRole('button', { name: '동의하고 온라인 시작' }).click()
    await second.getByText(/위치 전송 \d+초 전/).waitFor()

    await page.getByText('온라인', { exact: true }).click()
    await page.getByText('위치를 공유하지 않아요').waitFor()
    const sent = seqs.length
    await page.context().setGeolocation({ latitude: 37.51, longitude: 127.04 })
    await page.getByRole('link', { name: '설정' }).click()
    await page.getByRole('button', { name: '로그아웃' }).click()
    await page.getByRole('button', { name: '로그인' }).waitFor()
    expect(seqs.length, 'nothing after he went off').to.equal(sent)
    expect(complaints).to.deep.equal([])
  })

  it('say what to do where the phone does not tell the place, in English, too', async () => {
    const context = await apps.thing.browser.newContext({ ...DEVICES.phone, baseURL: apps.thing.url, permissions: [] })
    const { page, complaints } = await opens('rider-1', context)
    await page.getByText('오프라인', { exact: true }).click()
    await page.getByRole('button', { name: '동의하고 온라인 시작' }).click()
    await page.getByRole('alert').getByRole('heading', { name: '위치 권한이 꺼져 있어요' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: '설정' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('link', { name: 'Deliver' }).click()
    await page.getByRole('alert').getByRole('heading', { name: 'Location is not allowed' }).waitFor()
    await context.grantPermissions(['geolocation'])
    await context.setGeolocation({ latitude: 37.5005, longitude: 127.0368 })
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByText(/Position sent \d+ s ago/).waitFor()
    await page.getByRole('heading', { name: 'No deliveries near you just now' }).waitFor()
    expect(complaints).to.deep.equal([])
  })
})
