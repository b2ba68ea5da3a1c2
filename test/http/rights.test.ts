import { expect } from 'chai'
import type { Account, Role } from '../../server/contract/account.ts'
import { callsOfContract } from '../contract/calls.ts'
import { anOrder, type GatewayHouse, openGateway } from './gateway-house.ts'

/** Whose a thing must be: anybody's of the role, or his own. */
type Reach = 'any' | 'own'
type Rights = 'public' | Partial<Readonly<Record<Role, Reach>>>

const ALL = { customer: 'own', store: 'own', rider: 'own', ops: 'any' } as const
const SIGNED_IN = { customer: 'any', store: 'any', rider: 'any', ops: 'any' } as const
const CUSTOMER = { customer: 'own' } as const
const STORE = { store: 'own' } as const
const RIDER = { rider: 'any' } as const
const OPS = { ops: 'any' } as const

/** Who may call what. A call that is missing here fails the test, and so does one that is no call of the contract. */
const RIGHTS: Readonly<Record<string, Rights>> = {
  'POST /api/sessions': 'public',
  'POST /api/sessions/refresh': 'public',
  'DELETE /api/sessions/me': SIGNED_IN,
  'DELETE /api/sessions': SIGNED_IN,
  'POST /api/ops/accounts/{role}/{id}/sign-out': OPS,
  'POST /api/accounts': 'public',
  'GET /api/stores': 'public',
  'GET /api/stores/{id}': 'public',
  'GET /api/push/key': 'public',
  'POST /webhooks/toss': 'public',
  'POST /webhooks/solapi': 'public',
  'GET /api/openapi.json': 'public',
  'GET /api/asyncapi.json': 'public',
  'GET /api/docs': 'public',
  'POST /api/orders': { customer: 'any' },
  'GET /api/orders': ALL,
  'GET /api/orders/{id}': ALL,
  'GET /api/orders/{id}/timeline': ALL,
  'POST /api/orders/{id}/pay': CUSTOMER,
  'POST /api/orders/{id}/cancel': CUSTOMER,
  'POST /api/orders/{id}/confirm': CUSTOMER,
  'POST /api/orders/{id}/accept': STORE,
  'POST /api/orders/{id}/reject': STORE,
  'POST /api/orders/{id}/start-cooking': STORE,
  'POST /api/orders/{id}/finish-cooking': STORE,
  'POST /api/orders/{id}/claim': RIDER,
  'POST /api/orders/{id}/release': RIDER,
  'POST /api/orders/{id}/pick': RIDER,
  'POST /api/orders/{id}/deliver': { rider: 'own' },
  'POST /api/orders/{id}/abort': OPS,
  'GET /api/deliveries': RIDER,
  'PUT /api/riders/me/location': RIDER,
  'PUT /api/riders/me/status': RIDER,
  'GET /api/customers/me': { customer: 'any' },
  'PUT /api/customers/me/messages': { customer: 'any' },
  'PUT /api/stores/me/status': { store: 'any' },
  'GET /api/stores/me/profile': { store: 'any' },
  'PUT /api/stores/me/profile': { store: 'any' },
  'GET /api/stores/me/menu': { store: 'any' },
  'PUT /api/stores/me/menu': { store: 'any' },
  'PUT /api/stores/me/menu/{menuId}': { store: 'any' },
  'GET /api/stores/{id}/sales': { store: 'own', ops: 'any' },
  'PUT /api/push/subscriptions': { customer: 'any', store: 'any', rider: 'any' },
  'DELETE /api/push/subscriptions': { customer: 'any', store: 'any', rider: 'any' },
  'POST /api/ops/stores': OPS,
  'GET /api/ops/notifications': OPS,
  'GET /api/ops/orders': OPS,
  'GET /api/ops/orders/{id}/timeline': OPS,
  'GET /api/ops/dead-letters': OPS,
  'POST /api/ops/dead-letters/retry': OPS,
  'GET /api/ops/alarms': OPS,
  'GET /api/ops/breakers': OPS,
  'POST /api/ops/breakers/{name}/force': OPS,
  'POST /api/ops/breakers/{name}/release': OPS,
  'GET /api/ops/breakers/{name}/history': OPS,
  'GET /api/ops/hosts': OPS,
  'POST /api/ops/hosts/{host}/drain': OPS,
  'GET /api/ops/lag': OPS,
  'GET /api/ops/waiting-room': OPS,
  'GET /api/ops/open-orders': OPS,
  'GET /api/ops/figures': OPS,
}

const MENU = { items: [{ id: 'm-1', name: '후라이드', price: 18_000 }] }
const REASON = { reason: '점검' }
/** What is wanted where nothing at all would be refused before anybody asks who it is. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/orders': anOrder(),
  'POST /api/orders/{id}/pay': { paymentKey: 'pk_test_rights' },
  'POST /api/orders/{id}/accept': { prepMinutes: 10 },
  'POST /api/orders/{id}/reject': REASON,
  'PUT /api/riders/me/location': { lat: 37.5, lng: 127.03, seq: 1, at: '2026-11-22T03:00:00Z' },
  'PUT /api/riders/me/status': { online: true },
  'PUT /api/customers/me/messages': { kakao: true },
  'PUT /api/stores/me/status': { open: true },
  'PUT /api/stores/me/menu': MENU,
  'PUT /api/stores/me/menu/{menuId}': { soldOut: false },
  'PUT /api/push/subscriptions': {
    endpoint: 'https://fcm.googleapis.com/fcm/send/abc',
    keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
  },
  'DELETE /api/push/subscriptions': { endpoint: 'https://fcm.googleapis.com/fcm/send/abc' },
  'POST /api/ops/stores': {
    login: 'rights-store',
    password: 'longenough',
    profile: {
      name: '새 가게',
      lat: 37.5,
      lng: 127.03,
      address: '서울 강남구 역삼로 2',
      phone: '0200000002',
      zone: 'Asia/Seoul',
      hours: Array.from({ length: 7 }, () => ({ open: '00:00', close: '00:00' })),
    },
    items: MENU.items,
  },
  'POST /api/ops/accounts/{role}/{id}/sign-out': REASON,
  'POST /api/ops/dead-letters/retry': { id: 'dead.nowhere', ...REASON },
  'POST /api/ops/breakers/{name}/force': { state: 'closed', ...REASON },
  'POST /api/ops/breakers/{name}/release': REASON,
  'POST /api/ops/hosts/{host}/drain': REASON,
}
const QUERIES: Readonly<Record<string, string>> = { 'GET /api/stores/{id}/sales': '?from=2026-11-01&to=2026-11-22' }

const ROLES: readonly Role[] = ['customer', 'store', 'rider', 'ops']

/** Calls in which a thing of somebody else can be named. */
const NAMES_A_THING = /\{id\}/
const OF_A_STORE = /\/api\/stores\/\{id\}/

describe('who may do what, over HTTP', () => {
  let house: GatewayHouse
  let orderId: string
  before(async () => {
    house = await openGateway()
    const placed = await house.place({ paymentKey: 'pk_test_rights' })
    orderId = placed.body.id
  })
  after(() => house[Symbol.asyncDispose]())

  const calls = callsOfContract().map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  const ask = async (call: string, as: Account | undefined) => {
    const [method = '', path = ''] = call.split(' ')
    const id = OF_A_STORE.test(path) ? 'store-1' : orderId
    const real =
      path
        .replace('{id}', id)
        .replace('{menuId}', 'm-1')
        .replace('{role}', 'customer')
        .replace('{name}', 'confirm')
        .replace('{host}', 'host-none') + (QUERIES[call] ?? '')
    const body = method === 'GET' ? {} : { body: BODIES[call] ?? {} }
    house.clock.advance(1) // a token of this very moment would be ended with those before it
    const { status, body: said } = await house.call(method, real, {
      ...(as ? { as } : {}),
      ...body,
      headers: { 'idempotency-key': 'rights' },
    })
    return { status, code: said?.error?.code as string | undefined }
  }
  const refused = ({ status }: { readonly status: number }): boolean => status === 401 || status === 403
  const somebody = (role: Role, own: boolean): Account => ({ role, id: own ? `${role}-1` : `${role}-2` })

  it('is said of every call of the contract, and of no other', () => {
    expect(Object.keys(RIGHTS).sort()).to.deep.equal([...calls].sort())
  })

  for (const [call, rights] of Object.entries(RIGHTS)) {
    it(`${call}: ${rights === 'public' ? 'everybody' : Object.entries(rights).map(([role, reach]) => `${reach} ${role}`)}`, async () => {
      const anonymous = await ask(call, undefined)
      if (rights === 'public') {
        expect(refused(anonymous) && anonymous.code !== 'WRONG_CREDENTIALS', JSON.stringify(anonymous)).to.equal(false)
        return
      }
      expect(anonymous).to.deep.equal({ status: 401, code: 'UNAUTHENTICATED' })
      for (const role of ROLES) {
        const reach = rights[role]
        if (reach === undefined) {
          for (const own of [true, false])
            expect(await ask(call, somebody(role, own)), `${role}, ${own ? 'own' : 'foreign'}`).to.deep.equal({
              status: 403,
              code: 'FORBIDDEN',
            })
          continue
        }
        const foreign = await ask(call, somebody(role, false))
        if (reach === 'own' && NAMES_A_THING.test(call))
          expect(foreign, `a foreign ${role}`).to.deep.equal({ status: 403, code: 'FORBIDDEN' })
        else expect(refused(foreign), `another ${role}: ${JSON.stringify(foreign)}`).to.equal(false)
        // Nobody rides this order, so it is no rider's own.
        if (role === 'rider' && reach === 'own' && NAMES_A_THING.test(call)) continue
        const own = await ask(call, somebody(role, true))
        expect(refused(own), `its ${role}: ${JSON.stringify(own)}`).to.equal(false)
      }
    })
  }
})
