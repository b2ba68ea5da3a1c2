import { expect } from 'chai'
import { runTimers } from '../../actors/timers.ts'
import { menuView } from '../../server/contract/menus.ts'
import { profileView } from '../../server/contract/store-profile.ts'
import { storeWithMenuView } from '../../server/contract/stores.ts'
import { CHICKEN, customer1, type GatewayHouse, openGateway, ops1, rider1, store1, store2, until } from './gateway-house.ts'

const MINUTE_MS = 60_000
const dish = (id: string, changes: object = {}) => ({ id, name: id, price: 9_000, soldOut: false, options: [], ...changes })
const group = (ids: readonly string[], changes: object = {}) => ({
  id: 'size',
  name: '크기',
  min: 1,
  max: 1,
  choices: ids.map(id => ({ id, name: id, price: 500 })),
  ...changes,
})

describe('a store about itself', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const put = (what: string, body: object, as = store1) => house.call('PUT', `/api/stores/me/${what}`, { as, body })
  const get = (what: string, as = store1) => house.call('GET', `/api/stores/me/${what}`, { as })
  const shown = async (id = 'store-1') => (await house.call('GET', `/api/stores/${id}`)).body

  describe('its status', () => {
    it('pauses for some minutes, says until when, and opens again by itself', async () => {
      const timers = await runTimers({
        log: house.log,
        router: house.router,
        now: () => house.clock.now(),
        random: Math.random,
        stream: 'ENTITIES',
        concurrency: 4,
      })
      const paused = await put('status', { open: false, forMinutes: 30 })
      expect([paused.status, paused.body]).to.deep.equal([200, { open: false, pausedUntil: '2026-11-22T03:30:00.000Z' }])
      await until('everybody sees the pause', async () => (await shown()).paused === true)
      expect(await shown()).to.deep.include({ open: false, opensAt: '2026-11-22T03:30:00.000Z' })
      expect(storeWithMenuView.strict().parse(await shown())).to.deep.equal(await shown())
      const refused = await house.place()
      expect([refused.status, refused.body.error.code]).to.deep.equal([409, 'STORE_CLOSED'])
      expect(refused.body.error.details).to.deep.equal({ opensAt: '2026-11-22T03:30:00.000Z', zone: 'Asia/Seoul', paused: true })
      house.clock.advance(30 * MINUTE_MS)
      await until('the store has opened by itself', async () => (await get('profile')).body.status === 'open')
      expect((await house.place()).status).to.equal(201)
      await timers.stop()
    })

    it('is open at the end of its pause also when nobody fires its timer', async () => {
      await put('status', { open: false, forMinutes: 1 })
      await until('everybody sees the pause', async () => !(await shown()).open)
      house.clock.advance(MINUTE_MS)
      expect((await get('profile')).body.status).to.equal('paused')
      expect(await shown()).to.deep.include({ open: true })
      expect((await house.place()).status).to.equal(201)
    })

    it('ends a pause early, and begins one from closed', async () => {
      await put('status', { open: false, forMinutes: 30 })
      expect((await put('status', { open: true })).body).to.deep.equal({ open: true })
      expect((await put('status', { open: false })).body).to.deep.equal({ open: false })
      expect((await put('status', { open: false, forMinutes: 720 })).body.pausedUntil).to.equal('2026-11-22T15:00:00.000Z')
      expect((await get('profile')).body).to.include({ status: 'paused', pausedUntil: '2026-11-22T15:00:00.000Z' })
      await put('status', { open: true })
      expect((await get('profile')).body).not.to.have.property('pausedUntil')
    })

    it('closed by hand says no time to come back, but where its clocks are', async () => {
      await put('status', { open: false })
      await until('the store is closed', async () => !(await shown()).open)
      expect((await house.place()).body.error.details).to.deep.equal({ zone: 'Asia/Seoul' })
    })

    it('refuses a pause of no or too many minutes, and one of a store that opens', async () => {
      for (const body of [
        { open: false, forMinutes: 0 },
        { open: false, forMinutes: 2_881 },
        { open: false, forMinutes: 1.5 },
        { open: true, forMinutes: 5 },
      ])
        expect((await put('status', body)).body.error.code, JSON.stringify(body)).to.equal('INVALID')
    })
  })

  describe('its profile', () => {
    it('is told, and changed in parts', async () => {
      const before = (await get('profile')).body
      expect(profileView.strict().parse(before)).to.deep.equal(before)
      expect(before).to.include({ id: 'store-1', name: '역삼통닭', status: 'open', lastOrderLeadMin: 0, intakeCap: null })
      const changed = await put('profile', { name: '역삼통닭 본점', intakeCap: 20, holidays: ['2026-12-25'] })
      expect(changed.body).to.deep.equal({ ...before, name: '역삼통닭 본점', intakeCap: 20, holidays: ['2026-12-25'] })
      expect((await put('profile', { intakeCap: null })).body).to.deep.equal({ ...changed.body, intakeCap: null })
      expect((await put('profile', {})).body).to.deep.equal((await get('profile')).body)
      await until('everybody sees its new name', async () => (await shown()).name === '역삼통닭 본점')
    })

    it('takes effect on the orders that follow: last order, holidays and zone', async () => {
      const hours = Array.from({ length: 7 }, () => ({ open: '10:00', close: '12:20' }))
      await put('profile', { hours, lastOrderLeadMin: 30, holidays: ['2026-11-23'] }) // it is 12:00 in Seoul
      await until('its doors close soon', async () => !(await shown()).open)
      const late = await house.place()
      expect(late.body.error.details).to.deep.equal({ opensAt: '2026-11-24T01:00:00.000Z', zone: 'Asia/Seoul', lastOrder: true })
      await put('profile', { zone: 'Asia/Dhaka' }) // 09:00 there
      await until('it opens later', async () => (await shown()).opensAt === '2026-11-22T04:00:00.000Z')
      await put('profile', { zone: 'Asia/Almaty', lastOrderLeadMin: 0, hours: hours.map(() => ({ open: '22:00', close: '08:30' })) }) // 08:00
      await until('it is yesterday’s evening', async () => (await shown()).open)
      expect((await house.place()).status).to.equal(201)
    })

    const wrong: readonly (readonly [what: string, body: object, path: readonly (string | number)[]])[] = [
      ['a zone that is none', { zone: 'Asia/Nowhere' }, ['zone']],
      ['an offset for a zone', { zone: '+09:00' }, ['zone']],
      ['six days', { hours: Array.from({ length: 6 }, () => null) }, ['hours']],
      [
        'a minute that is none',
        { hours: [{ open: '10:60', close: '12:00' }, ...Array.from({ length: 6 }, () => null)] },
        ['hours', 0, 'open'],
      ],
      [
        'an hour that is none',
        { hours: [{ open: '10:00', close: '24:00' }, ...Array.from({ length: 6 }, () => null)] },
        ['hours', 0, 'close'],
      ],
      ['a day of no calendar', { holidays: ['2026-02-29'] }, ['holidays', 0]],
      ['a date with a time', { holidays: ['2026-02-20T00:00:00Z'] }, ['holidays', 0]],
      ['a holiday twice', { holidays: ['2026-02-20', '2026-02-20'] }, ['holidays']],
      [
        '101 holidays',
        { holidays: Array.from({ length: 101 }, (_, i) => new Date(i * 86_400_000).toISOString().slice(0, 10)) },
        ['holidays'],
      ],
      ['a lead beyond four hours', { lastOrderLeadMin: 241 }, ['lastOrderLeadMin']],
      ['a negative lead', { lastOrderLeadMin: -1 }, ['lastOrderLeadMin']],
      ['a cap of nothing', { intakeCap: 0 }, ['intakeCap']],
      ['half a cap', { intakeCap: 2.5 }, ['intakeCap']],
      ['a place off the earth', { lat: 91 }, ['lat']],
      ['a name of blanks', { name: '   ' }, ['name']],
      ['a phone of letters', { phone: 'call us' }, ['phone']],
      ['a field that is misspelt', { intakecap: 5 }, []],
    ]
    for (const [what, body, path] of wrong) {
      it(`is not changed by ${what}`, async () => {
        const before = (await get('profile')).body
        const refused = await put('profile', { phone: '0200000009', ...body })
        expect([refused.status, refused.body.error.code]).to.deep.equal([422, 'INVALID'])
        expect(refused.body.error.details.issues[0].path).to.deep.equal(path)
        expect((await get('profile')).body).to.deep.equal(before)
      })
    }
  })

  describe('its menu', () => {
    it('is published whole, read back as it is, and ordered from at once', async () => {
      const items = [dish('m-7', { options: [group(['small', 'large'])] }), dish('m-8', { price: 0 })]
      const published = await put('menu', { items })
      expect([published.status, published.body]).to.deep.equal([200, { items }])
      expect((await get('menu')).body).to.deep.equal({ items })
      expect(menuView.strict().parse(published.body)).to.deep.equal({ items })
      await until('customers see it', async () => (await shown()).menu.length === 2)
      const order = await house.place({ items: [{ menuId: 'm-7', quantity: 2, choices: ['large'] }] })
      expect([order.status, order.body.total]).to.deep.equal([201, 19_000])
      expect((await house.place()).body.error.code).to.equal('MENU_NOT_FOUND') // m-1 is gone
    })

    it('may be left to its defaults, and emptied', async () => {
      expect((await put('menu', { items: [{ id: 'm-1', name: '물', price: 0 }] })).body.items).to.deep.equal([
        dish('m-1', { name: '물', price: 0 }),
      ])
      expect((await put('menu', { items: [] })).body).to.deep.equal({ items: [] })
    })

    it('marks one choice sold out, says so to customers, and refuses orders of it by its place', async () => {
      expect((await put('menu/m-1', { soldOut: true, choiceId: 'c-2' })).body).to.deep.equal({
        menuId: 'm-1',
        choiceId: 'c-2',
        soldOut: true,
      })
      await until('customers see it', async () => (await shown()).menu[0].options[0].choices[1].soldOut === true)
      expect((await shown()).menu[0].soldOut).to.equal(false)
      const refused = await house.place({
        items: [
          { menuId: 'm-2', quantity: 1 },
          { menuId: 'm-1', quantity: 1, choices: ['c-1', 'c-2'] },
        ],
      })
      expect([refused.status, refused.body.error.code]).to.deep.equal([422, 'SOLD_OUT'])
      expect(refused.body.error.details.issues).to.deep.equal([{ path: ['items', 1, 'choices', 1], message: 'SOLD_OUT' }])
      expect((await house.place({ items: [{ menuId: 'm-1', quantity: 1, choices: ['c-1'] }] })).status).to.equal(201)
      expect((await put('menu/m-1', { soldOut: true, choiceId: 'c-9' })).body.error.code).to.equal('NOT_FOUND')
      await put('menu/m-1', { soldOut: false, choiceId: 'c-2' })
      await until('it is back', async () => (await shown()).menu[0].options[0].choices[1].soldOut === false)
    })

    it('shows a dish as sold out of which nothing is left that must be chosen', async () => {
      await put('menu', { items: [dish('m-7', { options: [group(['small', 'large'])] }), dish('m-8')] })
      for (const choiceId of ['small', 'large']) await put('menu/m-7', { soldOut: true, choiceId })
      await until('customers see it', async () => (await shown()).menu[0]?.soldOut === true)
      const refused = await house.place({ items: [{ menuId: 'm-7', quantity: 1, choices: ['large'] }] })
      expect(refused.body.error).to.deep.include({
        code: 'SOLD_OUT',
        details: { issues: [{ path: ['items', 0, 'menuId'], message: 'SOLD_OUT' }] },
      })
      expect((await get('menu')).body.items[0].soldOut).to.equal(false) // the store has not said so of the dish
    })

    it('may be large, up to half a megabyte', async () => {
      const choices = Array.from({ length: 50 }, (_, i) => `choice-${i}`)
      const large = Array.from({ length: 100 }, (_, i) => dish(`m-${i}`, { options: [group(choices)] }))
      expect(JSON.stringify(large).length).to.be.within(200_000, 500_000)
      expect((await put('menu', { items: large })).status).to.equal(200)
      await until('customers see it', async () => (await shown()).menu.length === 100)
      const tooLarge = [...large, ...large].map((item, i) => ({ ...item, id: `m-${i}`, name: '가'.repeat(80) }))
      expect((await put('menu', { items: tooLarge })).body.error.code).to.equal('TOO_LARGE')
      expect((await put('profile', { name: 'x'.repeat(70_000) })).body.error.code).to.equal('TOO_LARGE')
    })

    const twice = { options: [group(['small']), group(['large'])] }
    const choiceTwice = { options: [group(['small']), group(['small'], { id: 'other' })] }
    const wrong: readonly (readonly [what: string, items: readonly object[], path: readonly (string | number)[]])[] = [
      ['201 dishes', Array.from({ length: 201 }, (_, i) => dish(`m-${i}`)), ['items']],
      ['a dish twice', [dish('m-1'), dish('m-1')], ['items']],
      [
        '21 groups',
        [dish('m-1', { options: Array.from({ length: 21 }, (_, i) => group([`c-${i}`], { id: `g-${i}` })) })],
        ['items', 0, 'options'],
      ],
      [
        '51 choices',
        [dish('m-1', { options: [group(Array.from({ length: 51 }, (_, i) => `c-${i}`))] })],
        ['items', 0, 'options', 0, 'choices'],
      ],
      ['a group twice', [dish('m-1', twice)], ['items', 0, 'options']],
      ['a choice twice, in two groups', [dish('m-1', choiceTwice)], ['items', 0, 'options']],
      ['a group without choices', [dish('m-1', { options: [group([])] })], ['items', 0, 'options', 0, 'choices']],
      [
        'more to choose than may be',
        [dish('m-1', { options: [group(['a', 'b'], { min: 2, max: 1 })] })],
        ['items', 0, 'options', 0, 'min'],
      ],
      ['more to choose than there is', [dish('m-1', { options: [group(['a'], { max: 2 })] })], ['items', 0, 'options', 0, 'max']],
      ['half a won', [dish('m-1', { price: 0.5 })], ['items', 0, 'price']],
      ['a negative price', [dish('m-1', { price: -1 })], ['items', 0, 'price']],
      ['a price beyond all totals', [dish('m-1', { price: 1_000_000_001 })], ['items', 0, 'price']],
      ['an id that is a wildcard', [dish('m.>')], ['items', 0, 'id']],
      ['a price in words', [dish('m-1', { price: '9000' })], ['items', 0, 'price']],
      ['a field that is misspelt', [dish('m-1', { soldout: true })], ['items', 0]],
    ]
    for (const [what, items, path] of wrong) {
      it(`is not replaced by one with ${what}`, async () => {
        const refused = await put('menu', { items })
        expect([refused.status, refused.body.error.code]).to.deep.equal([422, 'INVALID'])
        expect(refused.body.error.details.issues[0].path).to.deep.equal(path)
        expect((await get('menu')).body.items[0]).to.deep.equal(CHICKEN)
      })
    }
  })

  it('is its own affair, and nobody else’s', async () => {
    for (const as of [customer1, rider1, ops1])
      for (const [method, what] of [
        ['GET', 'profile'],
        ['PUT', 'profile'],
        ['GET', 'menu'],
        ['PUT', 'menu'],
      ] as const) {
        const body = method === 'GET' ? {} : { body: what === 'menu' ? { items: [] } : {} }
        expect((await house.call(method, `/api/stores/me/${what}`, { as, ...body })).body.error.code).to.equal('FORBIDDEN')
      }
    await put('profile', { name: '내 가게' }, store2)
    expect((await get('profile')).body.name).to.equal('역삼통닭')
    const nobody = { role: 'store', id: 'store-9' } as const
    for (const what of ['profile', 'menu']) expect((await get(what, nobody)).body.error.code).to.equal('STORE_NOT_FOUND')
    expect((await put('profile', {}, nobody)).body.error.code).to.equal('STORE_NOT_FOUND')
    expect((await put('status', { open: true }, nobody)).body.error.code).to.equal('STORE_NOT_FOUND')
    expect((await put('status', { open: false, forMinutes: 5 }, nobody)).body.error.code).to.equal('STORE_NOT_FOUND')
  })
})

describe('a new store', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const profile = {
    name: '새 가게',
    address: '서울 강남구 역삼로 9',
    phone: '0200000009',
    lat: 37.5,
    lng: 127.03,
    zone: 'Asia/Seoul',
    hours: Array.from({ length: 7 }, () => ({ open: '00:00', close: '00:00' })),
  }
  const wanted = (changes: object = {}) => ({ profile, items: [dish('m-1')], login: 'new-store', password: 'longenough', ...changes })
  const moveIn = (changes: object = {}, as = ops1) => house.call('POST', '/api/ops/stores', { as, body: wanted(changes) })

  it('moves in by an operator, signs in and takes orders', async () => {
    const made = await moveIn()
    expect(made.status).to.equal(201)
    const { id } = made.body
    expect([made.body.login, made.headers.get('location')]).to.deep.equal(['new-store', `/api/stores/${id}`])
    const session = await house.call('POST', '/api/sessions', { body: { role: 'store', login: 'new-store', password: 'longenough' } })
    expect(session.body).to.include({ role: 'store', id })
    const { body } = await house.call('GET', '/api/stores/me/profile', { token: session.body.token })
    expect(body).to.deep.equal({ ...profile, id, status: 'open', holidays: [], lastOrderLeadMin: 0, intakeCap: null })
    await until('it is in the catalogue', async () => (await house.call('GET', `/api/stores/${id}`)).status === 200)
    expect((await house.place({ storeId: id, items: [{ menuId: 'm-1', quantity: 1 }] })).body.total).to.equal(9_000)
  })

  it('may be named by the operator, and moves in once under that name', async () => {
    expect((await moveIn({ id: 'shop-1' })).body).to.deep.equal({ id: 'shop-1', login: 'new-store' })
    expect((await moveIn({ id: 'shop-2' })).body.error.code).to.equal('LOGIN_TAKEN')
    const other = await moveIn({ id: 'shop-1', login: 'other', profile: { ...profile, name: '다른 가게' } })
    expect([other.status, other.body.error.code]).to.deep.equal([409, 'ALREADY_EXISTS'])
    expect((await moveIn({ id: 'store-1', login: 'other' })).body.error.code).to.equal('ALREADY_EXISTS')
  })

  it('that could not get its account moves in when it is asked for again', async () => {
    const add = house.accounts.addAccount.bind(house.accounts)
    house.accounts.addAccount = () => Promise.reject(new Error('the database is down'))
    expect((await moveIn({ id: 'shop-1' })).body.error.code).to.equal('UNAVAILABLE')
    house.accounts.addAccount = add
    expect((await moveIn({ id: 'shop-1' })).status).to.equal(201)
    house.accounts.down = true
    expect((await moveIn({ id: 'shop-2', login: 'other' })).body.error.code).to.equal('UNAVAILABLE')
    expect(await house.log.latest({ kind: 'store', id: 'shop-2' })).to.equal(undefined)
  })

  it('does not move in by anybody else, nor with anything wrong about it', async () => {
    for (const as of [store1, customer1, rider1]) expect((await moveIn({}, as)).body.error.code).to.equal('FORBIDDEN')
    for (const changes of [
      { id: 'a.b' },
      { profile: { ...profile, zone: 'Mars' } },
      { items: [dish('m-1'), dish('m-1')] },
      { password: 'short' },
      { login: 'x' },
      { extra: 1 },
    ])
      expect((await moveIn(changes)).body.error.code, JSON.stringify(changes)).to.equal('INVALID')
    const { name: _name, ...nameless } = profile
    expect((await moveIn({ profile: nameless })).body.error.details.issues[0].path).to.deep.equal(['profile', 'name'])
  })
})
