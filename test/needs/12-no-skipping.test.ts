import { expect } from 'chai'
import { transition } from 'xstate'
import { getShortestPaths } from 'xstate/graph'
import { orderMachine } from '../../machines/order.ts'
import type { OrderStatus } from '../../machines/order-types.ts'
import { COMMAND_PATHS } from '../../server/contract/order-commands.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import { anOrder, HOME, knock, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'
import { aTap, DONE, later } from '../machines/order-stories.ts'

type Command = keyof typeof COMMAND_PATHS
type Role = 'customer' | 'store' | 'rider' | 'ops'

const COMMANDS: Readonly<Record<Command, { readonly by: Role; readonly body?: object }>> = {
  pay: { by: 'customer', body: { paymentKey: 'pk_test_need_12' } },
  cancel: { by: 'customer', body: {} },
  confirm: { by: 'customer' },
  accept: { by: 'store', body: { prepMinutes: 10 } },
  reject: { by: 'store', body: { reason: '재료 소진' } },
  startCooking: { by: 'store' },
  finishCooking: { by: 'store' },
  claim: { by: 'rider' },
  release: { by: 'rider' },
  pick: { by: 'rider' },
  deliver: { by: 'rider' },
  abort: { by: 'ops', body: { reason: '매장 화재' } },
}
const ROLES: readonly Role[] = ['customer', 'store', 'rider', 'ops']
const NAMES = Object.keys(COMMANDS) as Command[]

const eventOf = (name: Command) => {
  const { by, body } = COMMANDS[name]
  const id = `${by}-1`
  return { type: name, ...body, stamp: { id: 'o_1', at: later(60_000), by: { role: by, id }, commandId: 'c' } }
}

/** What an order is, as far as commands and people are concerned. */
interface Where {
  readonly status: OrderStatus
  readonly claim: string
}
const whereOf = ({ value }: { readonly value: unknown }): Where => {
  const { order, claim } = value as { readonly order: OrderStatus; readonly claim: string }
  return { status: order, claim }
}
const nameOf = ({ status, claim }: Where): string => (claim === 'held' ? `${status}, claimed` : status)

interface Path extends Where {
  readonly steps: readonly (Command | 'pay, declined')[]
  /** The commands that the machine takes there, and where each leads. */
  readonly legal: ReadonlyMap<Command, OrderStatus>
}

/** The shortest way to every place that people alone, with a provider who answers, can bring an order to. */
const pathsOf = (): readonly Path[] => {
  const { paymentKey: _key, ...tap } = aTap()
  const stamp = { id: 'o_1', at: later(0), by: { role: 'customer', id: 'customer-1' }, commandId: 'c' }
  const input = { ...tap, stamp } as never
  const events = [...NAMES.map(eventOf), DONE.approved, DONE.declined] as never[]
  const found = getShortestPaths(orderMachine, {
    input,
    events,
    serializeState: ({ value }: { readonly value: unknown }) => JSON.stringify(value),
  } as never)
  const paths = new Map<string, Path>()
  for (const { state, steps } of found) {
    const { payment } = state.value as { readonly payment: string }
    // While the provider is asked an order moves by itself: nobody can hold it there.
    if (!['idle', 'approved', 'declined'].includes(payment) || paths.has(nameOf(whereOf(state)))) continue
    const types = steps.map(({ event }) => event as { readonly type: string; readonly output?: { readonly kind: string } })
    const said = types.flatMap(({ type }, i) =>
      type in COMMANDS ? [type === 'pay' && types[i + 1]?.output?.kind === 'declined' ? 'pay, declined' : (type as Command)] : [],
    )
    const legal = new Map<Command, OrderStatus>()
    for (const name of NAMES) {
      const event = eventOf(name) as never
      if (state.can(event)) legal.set(name, whereOf(transition(orderMachine, state as never, event)[0]).status)
    }
    paths.set(nameOf(whereOf(state)), { ...whereOf(state), steps: said as Path['steps'], legal })
  }
  return [...paths.values()]
}

const PATHS = pathsOf()

describe('need 12: no step is skipped, and every step that is taken reaches all whom it concerns', function () {
  this.timeout(120_000)
  const shared = sharedHouse()
  const people = new Map<Role, Somebody>()
  const offered = new Set<string>()
  const withdrawn = new Set<string>()
  let orders = 0
  const the = (role: Role): Somebody => people.get(role) as Somebody

  before(async () => {
    const logins = { customer: 'customer-18', store: 'store-18', rider: 'rider-10', ops: 'ops-1' } as const
    for (const role of ROLES) people.set(role, await Somebody.signIn(shared.house.url, role, logins[role]))
    const [, , live] = await Promise.all(['customer', 'store', 'rider'].map(role => the(role as Role).listen()))
    live?.on('delivery', ({ orderId }) => offered.add(orderId))
    live?.on('delivery:gone', ({ orderId }) => withdrawn.add(orderId))
    await the('rider').call('/api/riders/me/status', 'PUT', { online: true })
    await the('rider').call('/api/riders/me/location', 'PUT', { lat: HOME.lat, lng: HOME.lng, seq: 1, at: new Date().toISOString() })
  })
  after(async () => {
    for (const who of people.values()) await who[Symbol.asyncDispose]()
  })

  const bodyOf = (name: Command, declined = false): object =>
    name === 'pay' ? { paymentKey: `pk_test_${declined ? 'decline_' : ''}need_12_${orders}_${declined}` } : (COMMANDS[name].body ?? {})

  const say = async (role: Role, id: string, name: Command, declined = false) => {
    const headers = { authorization: `Bearer ${the(role).token}`, 'content-type': 'application/json' }
    const path = `/api/orders/${id}/${COMMAND_PATHS[name]}`
    return knock(shared.house.url, path, { method: 'POST', headers, body: JSON.stringify(bodyOf(name, declined)) })
  }
  /** A rider who has just let another order go may have to wait until that has been heard. */
  const insist = async (id: string, name: Command, declined = false): Promise<OrderView> => {
    let view: unknown
    await until(`${name} of ${id}`, async () => {
      const { status, body } = await say(COMMANDS[name].by, id, name, declined)
      if (status >= 400 && body.error?.code !== 'RIDER_BUSY') throw new Error(`${name}: ${status} ${JSON.stringify(body)}`)
      view = body
      return status < 400
    })
    return view as OrderView
  }

  /** An order brought to a place by the generated path. */
  const brought = async ({ steps, status }: Path): Promise<OrderView> => {
    const order = { storeId: 'store-18', items: [{ menuId: 'm-18-1', quantity: 1 }], paymentKey: undefined }
    const { id } = await the('customer').place(`need-12-${++orders}`, anOrder(order))
    for (const step of steps) {
      const declined = step === 'pay, declined'
      await insist(id, declined ? 'pay' : step, declined)
      if (declined || step === 'pay')
        await the('customer').sees(id, view => view.status === (declined ? 'paymentFailed' : 'placed'), 'what came of its payment')
    }
    return the('ops').sees(id, view => view.status === status && view.refund !== 'pending', status)
  }

  const isTold = (role: Role, { id, version }: OrderView): boolean =>
    the(role).pushes.some(order => order.id === id && order.version >= version)

  /** Whoever it concerns is told: a store from the payment on, a rider on the board and from the claim on. */
  const reaches = async (before: OrderView, after: OrderView): Promise<void> => {
    const { id } = after
    await until(`${id}: the customer is told of ${after.status}`, () => isTold('customer', after))
    if (['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered', 'confirmed', 'rejected'].includes(after.status))
      await until(`${id}: the store is told of ${after.status}`, () => isTold('store', after))
    if (after.rider?.id === the('rider').id) await until(`${id}: its rider is told of ${after.status}`, () => isTold('rider', after))
    if (after.status === 'cooked' && !after.rider && before.status !== 'cooked')
      await until(`${id} is offered to riders`, () => offered.has(id))
    if (before.status === 'cooked' && after.status !== 'cooked') await until(`${id} is no longer offered`, () => withdrawn.has(id))
  }

  /** The rider has one delivery at a time: nobody keeps what a test has left. */
  const clear = async (id: string): Promise<void> => {
    const { rider, status } = await the('ops').order(id)
    if (rider && (status === 'cooked' || status === 'picked')) expect((await say('ops', id, 'abort')).status).to.equal(200)
  }

  it('has a path to every place that people can bring an order to', () => {
    expect(PATHS.map(nameOf)).to.have.members([
      ...['paying', 'paymentFailed', 'placed', 'accepted', 'cooking', 'cooked', 'cooked, claimed', 'picked', 'delivered', 'confirmed'],
      ...['rejected', 'canceled'],
    ])
  })

  for (const path of PATHS) {
    it(`${nameOf(path)}: whatever is not next, or not one’s own to say, is refused and moves nothing`, async () => {
      const order = await brought(path)
      for (const name of NAMES)
        for (const role of ROLES) {
          const isOwn = role === COMMANDS[name].by
          if (isOwn && path.legal.has(name)) continue
          // A claim that is said again by whoever won it is the same claim: it gets its first answer, and moves nothing.
          if (role === 'rider' && path.steps.includes('pick') && ['claim', 'pick'].includes(name)) continue
          const { status, body } = await say(role, order.id, name)
          const what = `${role} says ${name} to an order that is ${nameOf(path)}`
          const isParty = isOwn && (name !== 'deliver' || order.rider !== undefined)
          expect(status, what).to.equal(isParty ? 409 : 403)
          if (!isParty) expect(body.error?.code, what).to.equal('FORBIDDEN')
          else {
            expect(body.error?.code, what).to.be.oneOf(['ORDER_REFUSED', 'ALREADY_PICKED'])
            expect(body.error?.details, what).to.deep.include({ status: order.status, version: (await the('ops').order(order.id)).version })
          }
        }
      expect((await the('ops').order(order.id)).status).to.equal(order.status)
      await clear(order.id)
    })

    for (const [name, leadsTo] of path.legal)
      it(`${nameOf(path)}: ${name} leads to ${leadsTo}, and all whom it concerns are told`, async () => {
        const before = await brought(path)
        const answer = await insist(before.id, name)
        const expected = name === 'pay' ? ['paying', 'placed'] : [leadsTo]
        expect(answer.status).to.be.oneOf(expected)
        expect(answer.version).to.be.at.least(before.version)
        await reaches(before, answer)
        await clear(before.id)
      })
  }
})
