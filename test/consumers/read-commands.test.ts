import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'chai'
import { nativePool } from '../../server/db/native-pool.ts'
import { until } from '../harness/house.ts'
import { ROOT } from '../house/sources.ts'
import { appendAll } from './orders-log.ts'
import { lives, Town } from './read-town.ts'

interface Command {
  readonly child: ChildProcess
  readonly said: () => string
  /** Everything it said, and its exit code. */
  readonly ended: Promise<readonly [code: number | null, said: string]>
}

const command = (name: 'rebuild' | 'verify', args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Command => {
  const child = spawn(process.execPath, [join(ROOT, 'server', `${name}.ts`), ...args], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => [code as number | null, said] as const)
  return { child, said: () => said, ended }
}

describe('npm run verify and npm run rebuild', () => {
  const envOf = (town: Town) => ({ NATS_URL: town.server.url, DATABASE_URL: town.model.databaseUrl })

  it('explain themselves, and say in one line what is missing', async () => {
    for (const name of ['rebuild', 'verify'] as const) {
      const [code, help] = await command(name, ['--help']).ended
      expect([code, help.includes(`npm run ${name} -- [flags]`), help.includes('--data-dir')]).to.deep.equal([0, true, true])
      const [wrong, line] = await command(name, ['--data-dir', '/nowhere']).ended
      expect([wrong, line]).to.deep.equal([
        2,
        `${name}: no house runs in /nowhere: open one with npm start, or name its NATS_URL and DATABASE_URL.\n`,
      ])
    }
  })

  it('find a difference, mend it, and find none', async () => {
    await using town = await Town.open()
    await appendAll(town.log, lives(0, 4))
    await town.project()
    await town.model.orm.em.fork().execute("update order_view set status = 'cooking' where id = 'o_2'")
    const [found, differences] = await command('verify', [], envOf(town)).ended
    expect(found).to.equal(1)
    expect(differences).to.include('different: order/o_2: order_view has status cooking, by its last record it is canceled\n')
    expect(differences).to.match(/\ndifferences: 1\n$/)
    const [rebuilt, said] = await command('rebuild', [], envOf(town)).ended
    expect([rebuilt, said.trimEnd().split('\n').at(-1)]).to.deep.equal([0, 'rebuilt: 4 orders, 12 steps, 0 stores'])
    const [none, counts] = await command('verify', [], envOf(town)).ended
    expect(counts).to.include('ORDERS: 12 records are in the log and the archive, 0 in the archive alone as they may be\n')
    expect(counts).to.match(/\ndifferences: 0\n$/)
    expect(none).to.equal(0)
  })

  it('leave the read model as it was on Ctrl-C', async () => {
    await using town = await Town.open()
    await appendAll(town.log, lives(0, 4))
    await town.project()
    const em = town.model.orm.em.fork()
    await em.execute("update order_view set status = 'cooking' where id = 'o_2'")
    const session = await (await nativePool(town.model.orm)).connect()
    await session.query('begin; lock table order_view in access share mode')
    const { child, said, ended } = command('rebuild', [], envOf(town))
    await until('it waits for the old tables', () => said().includes('somebody holds the old tables'))
    child.kill('SIGINT')
    const [code, all] = await ended
    session.release(true)
    expect([code, all.trimEnd().split('\n').slice(-2)]).to.deep.equal([
      1,
      ['stopping; the read model stays as it was', 'rebuild: interrupted: nothing was changed'],
    ])
    expect(await em.execute("select status from order_view where id = 'o_2'")).to.deep.equal([{ status: 'cooking' }])
    expect(await em.execute("select from pg_namespace where nspname = 'rebuild'")).to.deep.equal([])
  })

  it('say so when PostgreSQL is away', async () => {
    await using town = await Town.open()
    const env = { ...envOf(town), DATABASE_URL: 'postgresql://test:test@127.0.0.1:1/nothing' }
    const [verify, why] = await command('verify', [], env).ended
    expect([verify, why]).to.deep.equal([2, 'verify: connect ECONNREFUSED 127.0.0.1:1\n'])
    const [rebuild, reason] = await command('rebuild', [], env).ended
    expect([rebuild, reason]).to.deep.equal([1, 'rebuild: connect ECONNREFUSED 127.0.0.1:1; nothing was changed\n'])
  })
})
