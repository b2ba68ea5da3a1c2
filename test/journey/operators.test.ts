import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { STREAMS } from '../../config/streams.ts'
import type { OrderStory, StoryEntry } from '../../server/contract/order-story.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { openOrm } from '../../server/db/orm.ts'
import { startHouse, type TestHouse, until } from '../harness/house.ts'
import { anOrder, HOME, knock, ledgerOf, Somebody } from '../harness/people.ts'

interface Letter {
  readonly id: string
  readonly src: string
  readonly address: string
  readonly attempts: number
  readonly reason: string
  readonly requestId?: string
}

/** One house whose operators have something to do: few tries for a payment, little patience, a grade within reach. */
describe('a house and its operators', function () {
  this.timeout(120_000)
  let house: TestHouse
  let origin: string
  let nats: Nats
  let customer: Somebody
  let store: Somebody
  let rider: Somebody
  let ops: Somebody
  let keys = 0
  const key = () => `operators-${++keys}`

  before(async () => {
    const env = { GRADE_SILVER: '2', PAYMENT_MAX_ATTEMPTS: '3', PAYMENT_RETRY_MAX_MS: '200', TOSS_TIMEOUT_MS: '1000', LOG_LEVEL: 'debug' }
    house = await startHouse(env)
    origin = house.house.url
    nats = await connectNats({ url: house.house.natsUrl, name: 'test', streams: STREAMS })
    ;[customer, store, rider, ops] = await Promise.all([
      Somebody.signIn(origin, 'customer', 'customer-1'),
      Somebody.signIn(origin, 'store', 'store-1'),
      Somebody.signIn(origin, 'rider', 'rider-1'),
      Somebody.signIn(origin, 'ops', 'ops-1'),
    ])
    await rider.call('/api/riders/me/status', 'PUT', { online: true })
  })
  after(async () => {
    for (const who of [customer, store, rider, ops]) await who[Symbol.asyncDispose]()
    await nats.close()
    await house[Symbol.asyncDispose]()
  })

  const send = async (who: Somebody, path: string, requestId: string, body: object): Promise<OrderView> => {
    const headers = {
      authorization: `Bearer ${who.token}`,
      'content-type': 'application/json',
      'x-request-id': requestId,
      'idempotency-key': key(),
    }
    const answer = await knock(origin, path, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.headers.get('x-request-id')).to.equal(requestId)
    return answer.body as unknown as OrderView
  }
  const story = (id: string) => ops.call<OrderStory>(`/api/ops/orders/${id}/timeline`)
  const letters = async () => (await ops.call<{ items: Letter[] }>('/api/ops/dead-letters')).items
  const faults = (body: object) => fetch(`${house.house.standIns.psp}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(body) })
  const said = async (process: string, requestId: string): Promise<Record<string, unknown>[]> => {
    const text = await readFile(join(house.house.dir.logs, `${process}.log`), 'utf8')
    const lines = text.split('\n').filter(line => line.includes(`"requestId":"${requestId}"`))
    return lines.map(line => JSON.parse(line) as Record<string, unknown>)
  }
  const untilConfirmed = async (): Promise<string> => {
    const { id } = await customer.place(key(), { paymentKey: `pk_test_${key()}` })
    await store.act(id, 'accept', { prepMinutes: 10 })
    await store.act(id, 'start-cooking')
    await store.act(id, 'finish-cooking')
    await rider.act(id, 'pick')
    await rider.act(id, 'deliver')
    await customer.act(id, 'confirm')
    return id
  }

  it('follows one tap through request, records, effect, provider, message and every log', async () => {
    const order = anOrder({ paymentKey: 'pk_test_timeout_tap' })
    const { id } = await send(customer, '/api/orders', 'tap-1', order)
    await customer.sees(id, ({ status }) => status === 'placed', 'its order placed')
    await send(store, `/api/orders/${id}/reject`, 'tap-2', { reason: '재료 소진' })
    await customer.sees(id, ({ refund }) => refund === 'done', 'its money back')

    const records = (await nats.log.history({ kind: 'order', id })).map(({ body }) => [
      body.event.type.split('.').at(-1),
      body.correlationId,
    ])
    expect(records).to.deep.equal([
      ['place', 'tap-1'],
      ['confirmPayment', 'tap-1'],
      ['lookUpPayment', 'tap-1'],
      ['reject', 'tap-2'],
      ['cancelPayment', 'tap-2'],
    ])
    const effects: unknown[] = []
    for await (const { subject, body } of nats.log.newest<{ correlationId?: string }>(`fx.*.order.*.${id}.*`))
      effects.push([subject.split('.')[1], body.correlationId])
    expect(effects).to.deep.equal([
      ['confirmPayment', 'tap-1'],
      ['lookUpPayment', 'tap-1'],
      ['cancelPayment', 'tap-2'],
    ])
    const { calls } = (await (await fetch(`${house.house.standIns.psp}/stand-in/ledger?orderId=${id}`)).json()) as {
      calls: { method: string; requestId?: string; idempotencyKey?: string }[]
    }
    expect(calls.map(({ requestId, idempotencyKey }) => [requestId, idempotencyKey])).to.deep.equal([
      ['tap-1', `confirm:${id}#1`],
      ['tap-1', undefined],
      ['tap-2', `cancel:${id}:1`],
    ])

    const messages = async () =>
      (await story(id)).entries.filter((entry): entry is Extract<StoryEntry, { kind: 'message' }> => entry.kind === 'message')
    await until('three messages are sent', async () => (await messages()).filter(({ status }) => status !== 'sending').length === 3)
    const booked = (await messages()).map(({ about, requestId }) => [about, requestId])
    expect(booked).to.have.deep.members([
      ['placed', 'tap-1'],
      ['rejected', 'tap-2'],
      ['refunded', 'tap-2'],
    ])
    const sent = (await (await fetch(`${house.house.standIns.kakao}/stand-in/messages`)).json()) as {
      messages: { customFields: Record<string, string> }[]
    }
    const told = sent.messages.map(({ customFields }) => customFields).filter(({ orderId }) => orderId === id)
    expect(told.map(({ status, correlationId }) => [status, correlationId])).to.have.deep.members(booked)

    await until('every process has said its line', async () =>
      (await Promise.all(['web', 'payments', 'notifier'].map(process => said(process, 'tap-2')))).every(lines => lines.length > 0),
    )
    expect((await said('web', 'tap-1')).map(({ method, path, status }) => [method, path, status])).to.deep.equal([
      ['POST', '/api/orders', 201],
    ])
    expect((await said('payments', 'tap-1')).map(({ call, orderId, outcome }) => [call, orderId, outcome])).to.deep.equal([
      ['confirm', id, 'unknown'],
      ['lookup', id, 'approved'],
    ])
    expect((await said('payments', 'tap-2')).map(({ call, idempotencyKey, outcome }) => [call, idempotencyKey, outcome])).to.deep.equal([
      ['cancel', `cancel:${id}:1`, 'canceled'],
    ])
    expect((await said('notifier', 'tap-1')).map(({ notice }) => notice)).to.include('placed')
    for (const process of ['web', 'payments', 'notifier', 'actors'])
      expect(await readFile(join(house.house.dir.logs, `${process}.log`), 'utf8')).to.not.include('pk_test_timeout_tap')

    const own = await customer.call<{ version: number; cause: { kind: string; name?: string }; requestId?: string }[]>(
      `/api/orders/${id}/timeline`,
    )
    await until('the read model tells it alike', async () => {
      const again = await customer.call(`/api/orders/${id}/timeline`)
      return JSON.stringify(again) === JSON.stringify(own)
    })
    expect(own.map(({ cause, requestId }) => [cause.kind, cause.name, requestId])).to.deep.equal([
      ['request', undefined, 'tap-1'],
      ['effect', 'confirmPayment', undefined],
      ['effect', 'lookUpPayment', undefined],
      ['request', undefined, undefined],
      ['effect', 'cancelPayment', undefined],
    ])
  })

  it('shows a refund that the provider refuses for good, and makes it once when operators have it tried again', async () => {
    const { id } = await customer.place(key(), { paymentKey: `pk_test_${key()}` })
    await faults({ errorRate: 1, on: ['cancel'] })
    const canceled = await send(customer, `/api/orders/${id}/cancel`, 'tap-3', {})
    expect(canceled).to.include({ status: 'canceled', refund: 'pending' })
    await until('operators see it', async () => (await letters()).some(({ address }) => address === `order/${id}`))
    const letter = (await letters()).find(({ address }) => address === `order/${id}`)
    expect(letter).to.include({ src: 'cancelPayment', attempts: 3, reason: 'PROVIDER_ERROR', requestId: 'tap-3' })
    expect(await customer.order(id)).to.include({ status: 'canceled', refund: 'pending' })
    expect((await said('payments', 'tap-3')).at(-1)).to.include({ msg: 'payment work given up, an operator must look' })
    expect(await customer.refused('/api/ops/dead-letters/retry', 'POST', { id: letter?.id, reason: 'my money' })).to.equal('403 FORBIDDEN')

    await faults({})
    await ops.call('/api/ops/dead-letters/retry', 'POST', { id: letter?.id, reason: '결제사 장애 복구' })
    await customer.sees(id, ({ refund }) => refund === 'done', 'its money back')
    const { payments } = await ledgerOf(house.house.standIns.psp, id)
    expect(payments.map(({ confirms, cancels, balanceAmount }) => [confirms, cancels.length, balanceAmount])).to.deep.equal([[1, 1, 0]])
    expect((await letters()).map(({ address }) => address)).to.not.include(`order/${id}`)
    const kept = (await story(id)).entries.find(entry => entry.kind === 'deadLetter')
    expect(kept?.kind === 'deadLetter' && kept.retried).to.include({ by: 'ops/ops-1', why: '결제사 장애 복구' })
  })

  it('raises a customer’s grade by two completed orders, once, though all that was told is told again', async () => {
    const live = await customer.listen()
    const raised: unknown[] = []
    live.on('grade', grade => raised.push(grade))
    const profile = () => customer.call<{ grade: string; completedOrders: number; nextGrade?: object }>('/api/customers/me')
    expect(await profile()).to.deep.include({ grade: 'BRONZE', completedOrders: 0, nextGrade: { grade: 'SILVER', orders: 2 } })
    const first = await untilConfirmed()
    await until('the first is counted', async () => (await profile()).completedOrders === 1)
    expect(raised).to.deep.equal([])
    await untilConfirmed()
    await until('the grade is pushed', () => raised.length === 1)
    expect(raised).to.deep.equal([{ grade: 'SILVER', completedOrders: 2 }])
    expect(await profile()).to.deep.include({ grade: 'SILVER', completedOrders: 2, nextGrade: { grade: 'GOLD', orders: 20 } })

    for await (const { subject, body } of nats.log.newest(`fx.tell.order.>`)) for (let i = 0; i < 3; i++) await nats.log.put(subject, body)
    const third = await untilConfirmed() // what was told again before it is settled before it
    await until('the third is counted', async () => (await profile()).completedOrders === 3)
    expect(raised).to.have.length(1)
    const counted = (await nats.log.history({ kind: 'customer', id: customer.id })).filter(
      ({ body }) => body.event.type === 'orderCompleted',
    )
    expect(counted.map(({ body }) => body.event.orderId))
      .to.include.members([first, third])
      .and.to.have.length(3)
  })

  it('reaches PostgreSQL as a role for each who works there, and tells no log its password', async () => {
    const { databaseUrl, dir } = house.house
    await using orm = await openOrm({ databaseUrl, poolMax: 1 })
    const users = async (): Promise<string> =>
      (
        await orm.em
          .fork()
          .execute<{ usename: string }[]>(
            "select distinct usename from pg_stat_activity where application_name = 'baedal' and pid <> pg_backend_pid() order by 1",
          )
      )
        .map(({ usename }) => usename)
        .join(' ')
    await customer.call('/api/orders')
    await until('the gateway and the projector are there, and nobody else', async () => (await users()) === 'baedal_projector baedal_web')
    const owner = new URL(databaseUrl).password
    for (const name of await readdir(dir.logs)) {
      const text = await readFile(join(dir.logs, name), 'utf8')
      expect(text.includes(owner) || /SCRAM-SHA-256|postgresql:\/\//.test(text), name).to.equal(false)
    }
  })

  it('ends an order that went wrong, over the socket as well, and finds it by id and by phone', async () => {
    const { id } = await customer.place(key(), { paymentKey: `pk_test_${key()}`, deliverTo: { ...HOME } })
    await store.act(id, 'accept', { prepMinutes: 10 })
    await store.act(id, 'start-cooking')
    const live = await ops.listen()
    const aborted = await live.command({ name: 'abort', orderId: id, reason: '주방 화재', requestId: 'tap-4' })
    expect(aborted.ok && aborted.order).to.deep.include({ status: 'canceled', reason: '주방 화재' })
    expect(aborted.requestId).to.equal('tap-4')
    await customer.sees(id, ({ refund }) => refund === 'done', 'its money back')
    const found = async (q: string) => (await ops.call<{ items: OrderView[] }>(`/api/ops/orders?q=${q}`)).items.map(order => order.id)
    await until('it is found by its id', async () => (await found(id)).includes(id))
    expect(await found(id.slice(0, 8))).to.include(id)
    const phone = (await nats.log.latest({ kind: 'customer', id: customer.id }))?.body.state.context.phone
    expect(await found(String(phone))).to.include(id)
  })

  it('may do all that its processes try, of NATS and of PostgreSQL', async () => {
    for (const name of await readdir(house.house.dir.logs)) {
      const text = await readFile(join(house.house.dir.logs, name), 'utf8')
      expect(
        text.split('\n').filter(line => /NATS does not let|permission denied/i.test(line)),
        name,
      ).to.deep.equal([])
    }
  })
})
