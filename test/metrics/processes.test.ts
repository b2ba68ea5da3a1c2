import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { connectNats } from '../../actors/nats/connection.ts'
import { readHouseFile } from '../../config/house-file.ts'
import { STREAMS } from '../../config/streams.ts'
import { PROCESS_ROLES, type ProcessRole } from '../../server/contract/process.ts'
import { customers } from '../../server/seed/people.ts'
import { startHouse, type TestHouse, until } from '../harness/house.ts'
import { knock, Somebody } from '../harness/people.ts'
import { documented } from './documented.ts'
import { strangersIn } from './known-values.ts'
import { type Scrape, scrape, sum } from './scrape.ts'

/** What nobody needs for operating, and so must be in no log. */
const PRIVATE = { note: '초인종은 누르지 마세요 7731', address: '서울 강남구 테헤란로 152 비밀동', detail: '9917호' } as const

describe('the figures and the lines of a whole house', function () {
  this.timeout(120_000)
  let house: TestHouse
  let customer: Somebody
  let store: Somebody
  const look = (role: ProcessRole): Promise<Scrape> => scrape(house.house.healthUrls[role === 'gateway' ? 'web' : role] ?? '')

  before(async () => {
    house = await startHouse({ LOG_LEVEL: 'debug' })
    ;[customer, store] = await Promise.all([
      Somebody.signIn(house.house.url, 'customer', 'customer-1'),
      Somebody.signIn(house.house.url, 'store', 'store-1'),
    ])
  })
  after(async () => {
    for (const who of [customer, store]) await who[Symbol.asyncDispose]()
    await house[Symbol.asyncDispose]()
  })

  for (const role of PROCESS_ROLES)
    it(`${role} tells all that docs/metrics.md says of it, and nothing else but Node's own`, async () => {
      const { types, samples } = await look(role)
      const mine = documented.filter(({ where }) => where.includes(role))
      expect(mine.length).to.be.above(12)
      expect(mine.filter(({ name, type }) => types.get(name) !== type).map(({ name }) => name)).to.deep.equal([])
      const others = [...types.keys()].filter(name => !/^(process|nodejs)_/.test(name) && !mine.some(metric => metric.name === name))
      expect(others).to.deep.equal([])
      const wrong = samples.filter(sample => {
        const metric = mine.find(({ name }) => sample.name.replace(/_(bucket|sum|count)$/, '') === name || sample.name === name)
        const labels = Object.keys(sample.labels).filter(label => label !== 'le')
        return metric && !labels.every(label => metric.labels.includes(label))
      })
      expect(wrong).to.deep.equal([])
      expect(strangersIn(samples)).to.deep.equal([])
      expect(sum({ types, samples }, 'process_ready', { role })).to.equal(1)
      expect(sum({ types, samples }, 'nats_connected')).to.equal(1)
      expect(sum({ types, samples }, 'nats_denied_total')).to.equal(0)
    })

  it('move with one order, wherever it passes', async () => {
    const live = await customer.listen()
    const before = {
      gateway: await look('gateway'),
      actors: await look('actors'),
      payments: await look('payments'),
      projector: await look('projector'),
    }
    const { note, ...deliverTo } = { ...PRIVATE, lat: 37.50006, lng: 127.03655 }
    const { id } = await customer.place('figures-1', { paymentKey: 'pk_test_figures', note, deliverTo })
    await store.act(id, 'accept', { prepMinutes: 10 })
    expect(await store.refused(`/api/orders/${id}/finish-cooking`, 'POST', {})).to.equal('409 ORDER_REFUSED')
    await live.command({ name: 'cancel', orderId: id })
    const grown = (role: keyof typeof before, now: Scrape, name: string, labels: Readonly<Record<string, string>> = {}): number =>
      sum(now, name, labels) - sum(before[role], name, labels)

    const gateway = await look('gateway')
    const inGateway = (name: string, labels: Readonly<Record<string, string>>) => grown('gateway', gateway, name, labels)
    expect(inGateway('commands_total', { command: 'place', code: 'ok' })).to.equal(1)
    expect(inGateway('commands_total', { command: 'finishCooking', code: 'ORDER_REFUSED' })).to.equal(1)
    expect(inGateway('command_duration_seconds_count', { command: 'place' })).to.equal(1)
    expect(inGateway('http_requests_total', { method: 'POST', route: '/api/orders', status: '201' })).to.equal(1)
    expect(inGateway('http_requests_total', { method: 'POST', route: '/api/orders/:id/accept', status: '200' })).to.equal(1)
    expect(inGateway('http_request_duration_seconds_count', { method: 'POST', route: '/api/orders/:id/finish-cooking' })).to.equal(1)
    expect(inGateway('socket_requests_total', { request: 'command', code: 'ok' })).to.equal(1)
    expect(sum(gateway, 'sockets_connected')).to.equal(1)
    expect(sum(gateway, 'socket_pushes_total', { event: 'sync' })).to.equal(1)
    expect(inGateway('socket_pushes_total', { event: 'order' })).to.be.above(1)

    const actors = await look('actors')
    const inActors = (name: string, labels: Readonly<Record<string, string>> = {}) => grown('actors', actors, name, labels)
    for (const event of ['place', 'confirmPayment.done', 'accept', 'cancel'])
      expect(inActors('order_events_total', { event }), event).to.equal(1)
    expect(inActors('actor_commands_total', { kind: 'order', outcome: 'ORDER_REFUSED' })).to.equal(1)
    expect(inActors('actor_loads_total')).to.be.above(0)
    expect(inActors('actor_commit_entries_count', { stream: 'ORDERS' })).to.be.above(2)
    expect(inActors('actor_commit_duration_seconds_count', { stream: 'ORDERS' })).to.be.above(2)
    expect(sum(actors, 'actor_shards')).to.equal(64)
    expect(sum(actors, 'actor_hosts')).to.equal(1)
    expect(sum(actors, 'actor_residents')).to.be.above(0)
    expect(sum(actors, 'nats_stream_messages', { stream: 'ORDERS' })).to.be.above(3)
    expect(sum(actors, 'dead_letters_waiting')).to.equal(0)

    await until(
      'the refund is done',
      async () => sum(await look('payments'), 'provider_calls_total', { operation: 'cancel', end: 'canceled' }) === 1,
    )
    const payments = await look('payments')
    expect(grown('payments', payments, 'provider_calls_total', { operation: 'confirm', end: 'approved' })).to.equal(1)
    expect(sum(payments, 'breaker_state', { breaker: 'confirm' })).to.equal(0)
    expect(sum(payments, 'breaker_share', { breaker: 'confirm' })).to.equal(1)
    expect(grown('payments', payments, 'reader_done_total', { stream: 'ORDERS', reader: 'fx-confirmPayment' })).to.equal(1)
    await until('no payment waits', async () => sum(await look('payments'), 'reader_lag_messages', { reader: 'fx-confirmPayment' }) === 0)
    await until('all is projected', async () => {
      const projector = await look('projector')
      return (
        grown('projector', projector, 'projector_records_total', { stream: 'ORDERS' }) >= 4 &&
        sum(projector, 'projector_lag_messages') === 0
      )
    })
    expect(sum(await look('projector'), 'postgres_pool_limit')).to.equal(5)
    const all = await Promise.all(PROCESS_ROLES.map(look))
    expect(all.flatMap(({ samples }) => strangersIn(samples))).to.deep.equal([])
    await until('the customer is told', async () => sum(await look('notifier'), 'reader_done_total', { reader: 'notifier' }) >= 4)
  })

  it('the lines are more or fewer as operators want it', async () => {
    const nats = await connectNats({ url: readHouseFile(house.house.dir.path)?.opsNatsUrl ?? '', name: 'test', streams: STREAMS })
    const lines = (process: string) => readFileSync(join(house.house.dir.logs, `${process}.log`), 'utf8')
    const ask = (requestId: string) => knock(house.house.url, '/api/stores/store-1', { headers: { 'x-request-id': requestId } })
    const want = (level: string, reason: string) =>
      nats.services.ask('ops.log.level', { process: 'gateway', level, minutes: 1, reason, by: 'mina' }, 5_000)
    expect(await want('warn', 'quiet-please')).to.have.nested.property('body.by', 'ops/mina')
    await until('the gateway has heard it', () => lines('web').includes('quiet-please'))
    await ask('quiet-1')
    await want('debug', 'loud-please')
    await until('the gateway has heard that, too', () => lines('web').includes('loud-please'))
    await ask('loud-1')
    await until('a request is worth a line', () => lines('web').includes('loud-1'))
    expect(lines('web')).not.to.include('quiet-1')
    for (const process of ['actors', 'payments', 'projector', 'notifier']) expect(lines(process)).not.to.include('quiet-please')
    expect(await want('shout', 'no such level')).to.include({ kind: 'refused', code: 'INVALID' })
    await nats.close()
  })

  it('the lines name what they are about, and nobody: no address, no note, no phone, no payment key', async () => {
    const person = customers.find(({ id }) => id === customer.id)
    const secrets = [...Object.values(PRIVATE), person?.phone ?? '', person?.name ?? '', 'pk_test_figures', customer.token]
    expect(secrets).not.to.include('')
    const files = readdirSync(house.house.dir.logs).filter(file => /^(web|actors|payments|projector|notifier)\.log$/.test(file))
    expect(files).to.have.length(5)
    for (const file of files) {
      const text = readFileSync(join(house.house.dir.logs, file), 'utf8')
      for (const secret of secrets) expect(text.includes(secret), `${file} has ${secret}`).to.equal(false)
    }
  })
})
