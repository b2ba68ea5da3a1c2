import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { STREAMS } from '../../config/streams.ts'
import { checkBackup } from '../../server/backup/check-backup.ts'
import { type Manifest, readManifest } from '../../server/backup/manifest.ts'
import { restoreBackup } from '../../server/backup/restore-backup.ts'
import { takeBackup } from '../../server/backup/take-backup.ts'
import { nativePool } from '../../server/db/native-pool.ts'
import { openOrm } from '../../server/db/orm.ts'
import { firstFilled, migrationsOf } from '../../server/db/table-copies.ts'
import { appendAll, until } from '../consumers/orders-log.ts'
import { lives, projectorsOf, Town } from '../consumers/read-town.ts'
import { startNats, type TestNats } from '../harness/nats.ts'
import { startPostgres } from '../harness/postgres.ts'
import { ROOT } from '../house/sources.ts'

const never = new AbortController().signal

interface Command {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<readonly [code: number | null, said: string]>
}

const command = (
  name: 'backup' | 'restore-backup' | 'verify',
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Command => {
  const child = spawn(process.execPath, [join(ROOT, 'server', `${name}.ts`), ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => [code as number | null, said] as const)
  return { child, said: () => said, ended }
}

describe('a backup', function () {
  this.timeout(120_000)
  const dir = mkdtempSync(join(tmpdir(), 'baedal-backup-'))
  const backup = join(dir, 'whole')
  let town: Town
  let target: TestNats
  let nats: Nats
  let databases = 0

  before(async () => {
    town = await Town.open()
    await appendAll(town.log, lives(0, 6))
    await town.project()
    target = await startNats(undefined, { syncInterval: '2s' })
    nats = await connectNats({ url: target.url, name: 'test', streams: STREAMS })
  })
  after(async () => {
    await nats.close()
    await target[Symbol.asyncDispose]()
    await town[Symbol.asyncDispose]()
    rmSync(dir, { recursive: true, force: true })
  })
  afterEach(async () => {
    for (const { config } of await nats.snapshots.list()) await nats.snapshots.remove(config.name)
  })

  const emptyDatabase = async () => (await startPostgres()).databaseUrl(`restored_${++databases}`)
  const take = (to: string, signal = never) =>
    takeBackup({
      databaseUrl: town.model.databaseUrl,
      snapshots: town.nats.snapshots,
      dir: to,
      now: Date.now,
      tell: () => undefined,
      signal,
    })
  const restore = (from: string, databaseUrl: string, tell: (line: string) => void = () => undefined) =>
    restoreBackup({ databaseUrl, snapshots: nats.snapshots, replicas: 1, dir: from, tell, signal: never })
  const why = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work
    } catch (error) {
      return String((error as Error).message)
    }
    return 'nothing is wrong'
  }
  /** A copy of the whole one, with something changed in it. */
  const spoilt = async (name: string, spoil: (path: string, manifest: Manifest) => unknown): Promise<string> => {
    const copy = join(dir, name)
    cpSync(backup, copy, { recursive: true })
    const manifest = await readManifest(copy)
    const changed = spoil(copy, manifest)
    if (changed) writeFileSync(join(copy, 'manifest.json'), JSON.stringify(changed))
    return copy
  }

  it('of a house that goes on is put back, and log, archive and read model agree', async () => {
    const consumed = await town.log.consume({
      stream: 'ORDERS',
      durable: 'worker',
      subjects: ['fx.>'],
      concurrency: 1,
      ackWaitMs: 60_000,
      handler: async () => ({ kind: 'done' }),
    })
    let going = true
    const orders = (async () => {
      for (let i = 6; going; i++) await appendAll(town.log, lives(i, i + 1))
    })()
    const manifest = await take(backup)
    going = false
    await orders
    await consumed.stop()

    expect(await checkBackup(backup, manifest)).to.deep.equal([])
    const order = manifest.nats.streams.map(({ name }) => name)
    expect(order.slice(0, 3), 'what is carried into others comes first').to.deep.equal(['INBOX', 'ORDERS', 'ENTITIES'])
    const orderStream = manifest.nats.streams[1]
    expect(manifest.postgres.positions.ORDERS)
      .to.be.above(0)
      .and.at.most(orderStream?.lastSeq ?? 0)
    expect(statSync(backup).mode & 0o077, 'nobody else may look into it').to.equal(0)

    const databaseUrl = await emptyDatabase()
    await restore(backup, databaseUrl)
    const state = (await nats.snapshots.list()).find(({ config }) => config.name === 'ORDERS')?.state
    expect([state?.messages, state?.first_seq, state?.last_seq]).to.deep.equal([
      orderStream?.messages,
      orderStream?.firstSeq,
      orderStream?.lastSeq,
    ])
    expect((await nats.log.backlog('ORDERS', 'worker')).deliveredSeq, 'how far its consumer had come').to.be.above(0)
    const env = { NATS_URL: target.url, DATABASE_URL: databaseUrl }
    expect((await command('verify', [], env).ended)[1]).to.match(/\ndifferences: 0\n$/)

    // The projector goes on from where its copy had come.
    const orm = await openOrm({ databaseUrl, poolMax: 4 })
    const projectors = await projectorsOf(nats.log, { orm })
    const positionOf = async () => Number((await orm.em.fork().execute("select seq from position where stream = 'ORDERS'"))[0]?.seq)
    await until('the rest is projected', async () => (await positionOf()) === orderStream?.lastSeq)
    for (const projector of projectors) await projector.stop()
    await orm.close()
    const [code, said] = await command('verify', [], env).ended
    expect([code, said.includes('not written yet')]).to.deep.equal([0, false])
  })

  it('that was changed, shortened or lost a file says so, and is not put back', async () => {
    const [orders, archive] = ['streams/ORDERS/stream.arc.s2', 'postgres/record_archive.copy.zst']
    const flipped = await spoilt('flipped', copy => {
      const bytes = readFileSync(join(copy, orders))
      bytes[100] = (bytes[100] ?? 0) ^ 1
      writeFileSync(join(copy, orders), bytes)
    })
    const cut = await spoilt('cut', copy => truncateSync(join(copy, archive), 10))
    const lost = await spoilt('lost', copy => rmSync(join(copy, archive)))
    const ahead = await spoilt('ahead', (_copy, manifest) => ({
      ...manifest,
      postgres: { ...manifest.postgres, positions: { ORDERS: 1e9 } },
    }))
    const found = async (from: string) => (await checkBackup(from, await readManifest(from))).join()
    expect(await found(flipped)).to.equal(`${orders} is not what was written: its bytes have changed`)
    expect(await found(cut)).to.match(/^postgres\/record_archive.copy.zst has 10 bytes, not \d+$/)
    expect(await found(lost)).to.match(/^postgres\/record_archive.copy.zst cannot be read: ENOENT/)
    expect(await found(ahead)).to.match(/^the tables know 1000000000 messages of stream ORDERS, which ends at \d+$/)
    expect(await why(restore(flipped, 'postgresql://127.0.0.1:1/none'))).to.equal(`the backup cannot be used: ${await found(flipped)}`)
    const [code, said] = await command('backup', ['--check', cut]).ended
    expect([code, said]).to.deep.equal([1, `wrong: ${await found(cut)}\nbackup: it is not whole\n`])
    const [whole, counts] = await command('backup', ['--check', backup]).ended
    expect([whole, /^whole: of .* messages in \d streams, \d+ rows, /.test(counts)]).to.deep.equal([0, true])
  })

  it('of a later release, or of no release of ours, is not put back', async () => {
    const of = (name: string, change: (manifest: Manifest) => object) =>
      spoilt(name, (_copy, manifest) => ({ ...manifest, ...change(manifest) }))
    const migrated = await of('migrated', ({ postgres }) => ({
      postgres: { ...postgres, migrations: [...postgres.migrations, '9999-new'] },
    }))
    const machine = await of('machine', () => ({ machines: ['order@99'] }))
    const format = await of('format', () => ({ format: 2 }))
    const outside = await of('outside', ({ nats: { version, streams } }) => ({
      nats: { version, streams: streams.map(stream => ({ ...stream, data: { ...stream.data, path: '../../etc/passwd' } })) },
    }))
    const nowhere = 'postgresql://127.0.0.1:1/none'
    expect(await why(restore(migrated, nowhere))).to.equal('the backup cannot be used: migration 9999-new is not one of this release')
    expect(await why(restore(machine, nowhere))).to.equal('the backup cannot be used: machine order@99 is not one of this release')
    expect(await why(restore(format, nowhere))).to.match(/manifest.json is not what this release writes: format: /)
    expect(await why(restore(outside, nowhere))).to.match(/manifest.json is not what this release writes: nats.streams.0.data.path: /)
    expect(await why(restore(join(dir, 'none'), nowhere))).to.match(/none holds no backup: it has no manifest.json$/)
  })

  it('is put beside nothing that is there already', async () => {
    await nats.ensureStreams()
    const used = await emptyDatabase()
    await nats.log.put('dead.confirmPayment.order.o_1.1-0', {})
    expect(await why(restore(backup, used))).to.equal('NATS is not empty: stream DEADLETTERS has held messages')
    await nats.snapshots.remove('DEADLETTERS')
    expect(await why(restore(backup, town.model.databaseUrl))).to.match(/^PostgreSQL is not empty: table order_event has rows$/)
    await restore(backup, used) // streams that have never held anything make room
  })

  it('that cannot be put back whole leaves nothing, and the next try finds room', async () => {
    const more = await spoilt('more', (_copy, { postgres: { tables, ...postgres }, ...manifest }) => ({
      ...manifest,
      postgres: {
        ...postgres,
        tables: tables.map(table => (table.name === 'record_archive' ? { ...table, rows: table.rows + 1 } : table)),
      },
    }))
    // As if it had been shortened before it was hashed.
    const short = await spoilt('short', (copy, { nats: { version, streams }, ...manifest }) => {
      const cut = (stream: (typeof streams)[number]) => {
        const half = readFileSync(join(copy, stream.data.path)).subarray(0, Math.floor(stream.data.bytes / 2))
        writeFileSync(join(copy, stream.data.path), half)
        return { ...stream, data: { ...stream.data, bytes: half.length, sha256: createHash('sha256').update(half).digest('hex') } }
      }
      return { ...manifest, nats: { version, streams: streams.map(stream => (stream.name === 'ORDERS' ? cut(stream) : stream)) } }
    })
    const databaseUrl = await emptyDatabase()
    expect(await why(restore(short, databaseUrl))).to.match(/^stream ORDERS: restore failed: /)
    expect(await nats.snapshots.list()).to.deep.equal([])
    expect(await why(restore(more, databaseUrl))).to.match(/^table record_archive: \d+ rows were written, and its copy has \d+$/)
    expect(await nats.snapshots.list()).to.deep.equal([])
    const orm = await openOrm({ databaseUrl, poolMax: 1 })
    const session = await (await nativePool(orm)).connect()
    expect([await firstFilled(session), (await migrationsOf(session)).length > 0]).to.deep.equal([undefined, true])
    session.release(true)
    await orm.close()
    await restore(backup, databaseUrl)
  })

  it('leaves nothing behind on Ctrl-C, and is written over nothing', async () => {
    const { databaseUrl, orm } = town.model
    const env = { NATS_URL: town.server.url, DATABASE_URL: databaseUrl }
    const session = await (await nativePool(orm)).connect()
    await session.query('begin')
    await session.query('lock table record_archive in access exclusive mode')
    const begun = join(dir, 'begun')
    const { child, ended } = command('backup', ['--to', begun], env)
    await until('it has begun', () => existsSync(`${begun}.partial`))
    child.kill('SIGINT')
    expect(await ended).to.deep.equal([1, 'backup: interrupted: nothing was left behind\n'])
    session.release(true)
    expect([existsSync(begun), existsSync(`${begun}.partial`)]).to.deep.equal([false, false])

    expect(await command('backup', ['--to', backup], env).ended).to.deep.equal([
      1,
      `backup: ${backup} is there already; it is not written over\n`,
    ])
    const [code, said] = await command('backup', ['--to', begun], env).ended
    expect([code, /\nbackup of .* is in .*begun: \d+ messages in 5 streams, \d+ rows, /.test(said)]).to.deep.equal([0, true])
    expect((await command('backup', [], env).ended)[1]).to.match(/^backup: where to\? Name a directory with --to/)
  })

  it('and its restore explain themselves', async () => {
    for (const name of ['backup', 'restore-backup'] as const) {
      const [code, help] = await command(name, ['--help']).ended
      expect([code, help.includes(`npm run ${name} -- `), help.includes('NATS_TLS_CA')]).to.deep.equal([0, true, true])
    }
    const [code, line] = await command('restore-backup', ['--from', backup], {
      NATS_URL: target.url,
      DATABASE_URL: 'postgresql://t@127.0.0.1:1/t',
    }).ended
    expect([code, line.split('\n').at(-2)]).to.deep.equal([1, 'restore-backup: connect ECONNREFUSED 127.0.0.1:1'])
  })
})
