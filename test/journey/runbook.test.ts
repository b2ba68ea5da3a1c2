import { execFile } from 'node:child_process'
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { connect, type NatsConnection, PermissionViolationError } from '@nats-io/transport-node'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { connectNats } from '../../actors/nats/connection.ts'
import { serversOf } from '../../actors/nats/servers.ts'
import type { StreamFacts } from '../../actors/snapshots.ts'
import { readHouseFile } from '../../config/house-file.ts'
import { ERRORS } from '../../server/contract/error-table.ts'
import { isCode } from '../../server/contract/errors.ts'
import type { DeadLetterView } from '../../server/contract/ops.ts'
import { OPS_REQUESTS } from '../../server/contract/ops-requests.ts'
import { startHouse, type TestHouse, until } from '../harness/house.ts'
import { startNats, type TestNats } from '../harness/nats.ts'
import { hasNatsCli, natsCli } from '../harness/nats-cli.ts'
import { Somebody } from '../harness/people.ts'
import { startPostgres } from '../harness/postgres.ts'
import { ROOT } from '../house/sources.ts'

/** What the page says, block by block, each after the first, which names the server. */
const [NAMES_THE_SERVER = '', ...BLOCKS] = [...readFileSync(join(ROOT, 'docs/operations.md'), 'utf8').matchAll(/```sh\n([^`]*)```/g)].map(
  ([, block = '']) => block.trim(),
)

interface Answer {
  readonly code?: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came, and says what it must be
  readonly body: any
}

/** A house with two hosts and somebody at the worst hour. */
describe('operators over NATS', function () {
  this.timeout(120_000)
  let house: TestHouse
  let customer: Somebody
  let ops: NatsConnection
  let viewer: NatsConnection
  let opsUrl: string
  let keys = 0
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  /** By subject, as the service itself describes them. */
  const answers = new Map<string, ValidateFunction>()

  before(async () => {
    house = await startHouse({ PAYMENT_MAX_ATTEMPTS: '2', PAYMENT_RETRY_MAX_MS: '200' }, { hosts: 2 })
    customer = await Somebody.signIn(house.house.url, 'customer', 'customer-1')
    opsUrl = readHouseFile(house.house.dir.path)?.opsNatsUrl ?? ''
    ops = await connect(serversOf(opsUrl))
    viewer = await connect({ servers: `nats://${new URL(opsUrl).host}` })
    const { endpoints } = (await viewer.request('$SRV.INFO.gateway')).json<{
      endpoints: { subject: string; metadata: Record<string, string> }[]
    }>()
    for (const { subject, metadata } of endpoints) answers.set(subject, ajv.compile(JSON.parse(metadata.response_schema ?? 'false')))
  })
  after(async () => {
    await ops.close()
    await viewer.close()
    await customer[Symbol.asyncDispose]()
    await house[Symbol.asyncDispose]()
  })

  const ask = async (subject: string, body: unknown = '', by = ops): Promise<Answer> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const { headers, ...message } = await by
      .request(subject, text, { timeout: 15_000 })
      .then(answer => ({ headers: answer.headers, body: answer.json() }))
    const code = headers?.get('Nats-Service-Error')
    if (code) {
      expect(isCode(code) && ERRORS[code].status, code).to.equal(Number(headers?.get('Nats-Service-Error-Code')))
      expect((message.body as { error: { code: string } }).error.code).to.equal(code)
      return { ...message, code }
    }
    const schema = answers.get(subject)
    expect(schema?.(message.body), `${subject}: ${ajv.errorsText(schema?.errors)}`).to.equal(true)
    return message
  }
  const place = () => customer.place(`runbook-${++keys}`, { paymentKey: `pk_test_runbook_${keys}` })
  const hosts = async (): Promise<string[]> => (await ask('ops.hosts')).body.hosts.map(({ host }: { host: string }) => host)
  const untilTwoHosts = () => until('two hosts are there', async () => (await hosts()).length === 2)
  /** An order whose refund was given up, and its letter. */
  const givenUp = async (): Promise<{ readonly order: string; readonly letter: string }> => {
    const { id } = await place()
    const faults = (body: object) => fetch(`${house.house.standIns.psp}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(body) })
    await faults({ errorRate: 1, on: ['cancel'] })
    await customer.act(id, 'cancel')
    const letter = async () => {
      const { items } = (await ask('ops.deadletters')).body as { items: DeadLetterView[] }
      return items.find(({ address }) => address === `order/${id}`)?.id
    }
    await until('its refund is given up', async () => (await letter()) !== undefined)
    await faults({})
    return { order: id, letter: (await letter()) ?? '' }
  }

  it('see an order and its story, by REST’s own words', async () => {
    const { id } = await place()
    expect((await ask('ops.order.get', { id })).body).to.include({ id, status: 'placed' })
    const { body: story } = await ask('ops.order.timeline', { id }, viewer)
    expect(story.entries.map(({ kind, event }: { kind: string; event?: string }) => event ?? kind)).to.include.members(['place', 'effect'])
    expect(await ask('ops.order.get', { id: 'o_none' })).to.include({ code: 'ORDER_NOT_FOUND' })
    expect(await ask('ops.order.get', {})).to.include({ code: 'INVALID' })
    const malformed = await ask('ops.order.get', '{"id":')
    expect([malformed.code, malformed.body.error.code]).to.deep.equal(['BAD_JSON', 'BAD_JSON'])
  })

  it('step in under their own name, and who only looks on does not', async () => {
    const force = { name: 'lookup', state: 'open', reason: '카드사 점검', by: 'mina' }
    const denied = await ask('ops.breaker.force', force, viewer).catch((error: Error) => error.cause ?? error)
    expect(denied).to.be.instanceOf(PermissionViolationError)
    expect((await ask('ops.breaker.get', { name: 'lookup' }, viewer)).body).to.include({ state: 'closed', forced: false })

    expect((await ask('ops.breaker.force', { ...force, reason: undefined })).code).to.equal('INVALID')
    expect((await ask('ops.breaker.force', { ...force, by: 'a.b' })).code).to.equal('INVALID')
    expect((await ask('ops.breaker.force', { ...force, name: 'none' })).code).to.equal('NOT_FOUND')
    expect((await ask('ops.breaker.force', force)).body).to.include({ state: 'open', forced: true, reason: '카드사 점검' })
    expect((await ask('ops.breaker.release', { name: 'lookup' })).body).to.include({ state: 'closed', forced: false, reason: 'released' })
    expect((await ask('ops.breaker.release', { name: 'lookup' })).code).to.equal('REFUSED')
    const boss = await Somebody.signIn(house.house.url, 'ops', 'ops-1')
    const history = await boss.call<{ by: string; reason: string }[]>('/api/ops/breakers/lookup/history')
    expect(history.slice(0, 2).map(({ by, reason }) => [by, reason])).to.deep.equal([
      ['ops/nats-cli', 'released'],
      ['ops/mina', '카드사 점검'],
    ])
  })

  it('make a host leave, and no order notices', async () => {
    await untilTwoHosts()
    const [leaving = ''] = await hosts()
    const orders = Array.from({ length: 8 }, () => place())
    const { body } = await ask('ops.host.drain', { host: leaving, reason: '느림', by: 'mina' })
    expect(body).to.deep.include({ host: leaving, by: 'ops/mina', why: '느림', forced: false })
    expect((await Promise.all(orders)).map(({ status, version }) => [status, version > 0])).to.deep.equal(
      orders.map(() => ['placed', true]),
    )
    const { hosts: left, drains } = (await ask('ops.hosts')).body
    expect(left.map(({ host }: { host: string }) => host)).to.not.include(leaving)
    expect(drains[0]).to.deep.include({ host: leaving, by: 'ops/mina', why: '느림' })
    expect((await ask('ops.host.drain', { host: leaving, reason: 'again' })).code).to.equal('NOT_FOUND')
    await untilTwoHosts() // its process came back, under a new name
    expect(await hosts()).to.not.include(leaving)
  })

  it('have what was given up tried again', async () => {
    const { order, letter } = await givenUp()
    expect((await ask('ops.deadletter.retry', { id: letter, by: 'mina' })).body.retried).to.include({ by: 'ops/mina', why: 'tried again' })
    await customer.sees(order, ({ refund }) => refund === 'done', 'its money back')
    expect((await ask('ops.deadletter.retry', { id: letter })).code).to.equal('NOT_FOUND')
  })

  it('see every reader come to the log’s end', async () => {
    await until('nobody is behind', async () => {
      const { readers, unknown } = (await ask('ops.lag', '', viewer)).body as { readers: { behind: number }[]; unknown: string[] }
      return unknown.length === 0 && readers.length > 10 && readers.every(({ behind }) => behind === 0)
    })
  })

  it('are told what is wrong with whatever else they send', async () => {
    expect([...answers.keys()]).to.have.members(Object.keys(OPS_REQUESTS))
    const hostile = ['nothing', '[]', 'null', '7', '"id"', '{"id":{"$gt":""},"name":[],"host":7}', `{"id":"${'x'.repeat(10_000)}"}`]
    const named = ['a.b', '*', '>', "' or 1=1", '../etc', 'o_1\u0000', 'fx:order/*:1', '__proto__'].map(id =>
      JSON.stringify({ id, name: id, host: id, reason: id, state: 'open', by: id }),
    )
    for (const subject of Object.keys(OPS_REQUESTS))
      for (const text of [...hostile, ...named])
        expect((await ask(subject, text)).code, `${subject} ${text.slice(0, 60)}`).to.not.equal('INTERNAL')
    const breakers = await Promise.all(['confirm', 'cancel', 'lookup'].map(name => ask('ops.breaker.get', { name })))
    expect(breakers.map(({ body }) => body.forced)).to.deep.equal([false, false, false])
  })

  it('find every process as a service', async () => {
    const inbox = '_INBOX.runbook'
    const seen = new Set<string>()
    const hearing = viewer.subscribe(inbox, { callback: (_error, message) => void seen.add(message.json<{ name: string }>().name) })
    viewer.publish('$SRV.PING', '', { reply: inbox })
    await until('all have answered', () => seen.size === 5)
    expect([...seen].sort()).to.deep.equal(['actors', 'gateway', 'notifier', 'payments', 'projector'])
    hearing.unsubscribe()
  })

  describe('by the commands of docs/operations.md', () => {
    const desk = mkdtempSync(join(tmpdir(), 'baedal-desk-'))
    const backup = join(desk, 'backup')
    /** Empty, for what is put back. */
    let other: TestNats | undefined
    after(async () => {
      await other?.[Symbol.asyncDispose]()
      rmSync(desk, { recursive: true, force: true })
    })
    if (!hasNatsCli()) {
      it('are not run here, for there is neither the NATS CLI nor Go to build it', () => {})
      return
    }
    let env: NodeJS.ProcessEnv
    before(async function () {
      this.timeout(600_000)
      const path = [dirname(await natsCli()), dirname(process.execPath), process.env.PATH].join(delimiter)
      symlinkSync(house.house.dir.path, join(desk, '.data'))
      for (const ours of ['package.json', 'server']) symlinkSync(join(ROOT, ours), join(desk, ours)) // for npm run
      other = await startNats(undefined, { syncInterval: '2s' })
      const NEW_DATABASE_URL = await (await startPostgres()).databaseUrl('runbook')
      const { order, letter } = await givenUp()
      env = { PATH: path, HOME: desk, ORDER: order, LETTER: letter, BACKUP: backup, NEW_NATS_URL: other.url, NEW_DATABASE_URL }
    })

    /** What a person at a shell sees. @throws when a command fails */
    const run = async (block: string): Promise<string> => {
      await untilTwoHosts()
      const [HOST = ''] = await hosts()
      const script = `set -euo pipefail\n${NAMES_THE_SERVER}\n${block}`
      const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], {
        cwd: desk,
        env: { ...env, HOST },
        timeout: 110_000,
        maxBuffer: 10e6,
      })
      return stdout + stderr
    }

    it('there are some, in every chapter where something is to be done', () => {
      expect(NAMES_THE_SERVER).to.include('NATS_URL')
      expect(BLOCKS.length).to.be.above(7)
    })

    for (const block of BLOCKS) {
      it(block.split('\n').join('; '), async () => {
        const watched = { over: false }
        const orders = (async () => {
          while (block.includes('nats sub') && !watched.over) await place()
        })()
        const said = await run(block).finally(() => {
          watched.over = true
        })
        await orders
        expect(said).to.not.match(/Nats-Service-Error|nats: error|violation/i)
        for (const [command, wanted] of Object.entries(SAYS)) if (block.includes(command)) expect(said, command).to.match(wanted)
      })
    }

    it('put back one stream of our backup, and we one of theirs', async () => {
      const nats = await connectNats({ url: other?.url ?? '', name: 'test', streams: [] })
      const held = async () => new Map((await nats.snapshots.list()).map(({ config, state }) => [config.name, state]))
      const byCli = (...args: string[]) => promisify(execFile)('nats', args, { cwd: desk, env: { ...env, NATS_URL: other?.url } })
      const factsIn = (dir: string) => JSON.parse(readFileSync(join(dir, 'backup.json'), 'utf8')) as StreamFacts
      /** All of it: at its end there may be more, for timers that fall due fire there, too. */
      const expectAllOf = async ({ config, state }: StreamFacts): Promise<void> => {
        const now = (await held()).get(config.name)
        expect(now?.last_seq, config.name).to.be.at.least(state.last_seq)
        expect(now?.consumer_count, config.name).to.equal(state.consumer_count)
      }
      const streams = join(backup, 'streams')
      expect([...(await held()).keys()].sort(), 'all that was in the backup was put back').to.deep.equal(readdirSync(streams).sort())

      await nats.snapshots.remove('ENTITIES')
      await byCli('backup', 'restore', 'stream', join(streams, 'ENTITIES'), '--no-progress')
      await expectAllOf(factsIn(join(streams, 'ENTITIES')))

      const theirs = join(desk, 'theirs')
      mkdirSync(theirs)
      await byCli('backup', 'stream', 'ENTITIES', theirs, '--no-progress')
      await nats.snapshots.remove('ENTITIES')
      await nats.snapshots.putBack(factsIn(theirs), createReadStream(join(theirs, nats.snapshots.dataFile)))
      await expectAllOf(factsIn(theirs))
      await nats.close()
    })
  })
})

/** What must be seen after a command. */
const SAYS: Readonly<Record<string, RegExp>> = {
  'nats micro ls': /projector/,
  'nats micro info gateway': /ops\.order\.get/,
  'nats micro stats gateway': /order-timeline/,
  'nats micro ping actors': /actors host-/,
  'nats sub': /"kind":"place"|"type":"place"/,
  'ops.order.get': /"status":"canceled"/,
  'ops.order.timeline': /"entries":\[/,
  'ops.hosts': /"shards":64/,
  'ops.lag': /"reader":"projector"/,
  'ops.log.level': /"process":"projector","level":"debug".*"by":"ops\/mina","why":"it lags"/,
  'ops.breaker.force': /"reason":"the provider has announced a break","forced":true/,
  'ops.breaker.release': /"reason":"the break is over","forced":false/,
  'ops.host.drain': /"why":"it is slow"/,
  'ops.deadletter.retry': /"retried":\{"at":"[^"]+","by":"ops\/mina","why":"the provider is back"\}/,
  'nats consumer report': /fx-confirmPayment/,
  'nats stream report': /DEADLETTERS/,
  'npm run backup -- --to': /table record_archive: \d+ rows[\s\S]*stream KV_sessions: [\s\S]*whole: of /,
  'npm run rebuild': /rebuilt: [1-9]\d* orders[\s\S]*differences: 0\n/,
  'npm run restore-backup': /restored: the house as it was at [\s\S]*differences: 0\n/,
}
