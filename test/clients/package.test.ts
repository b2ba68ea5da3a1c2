import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'
import { Kitchen } from './kitchen.ts'

const run = promisify(execFile)

/** What somebody writes who has installed the package and nothing of ours. */
const CONSUMER = `import { inLocalStorage, type RefusedTap } from 'baedal-client/tap-storage'
import { Live } from 'baedal-client/live'
import { OfflineQueue } from 'baedal-client/offline-queue'
import { NoAnswer } from 'baedal-client/refusals'
import type { OrderView } from 'baedal-client/order-view'

const [origin = '', token = ''] = process.argv.slice(2)
const pages = new Map<string, string>()
const page = { getItem: (name: string) => pages.get(name) ?? null, setItem: (name: string, text: string) => void pages.set(name, text) }
const live = new Live({ origin, token, locale: 'en' })
await live.connect()
const ack = await live.command({ name: 'accept', orderId: 'o_1', prepMinutes: 10 }).catch((error: NoAnswer) => error.code)
// @ts-expect-error: the server's own schema asks for minutes
const wrong = () => live.command({ name: 'accept', orderId: 'o_1' })
const order: OrderView | undefined = typeof ack !== 'string' && ack.ok ? ack.order : undefined
const queue = new OfflineQueue({ live, storage: inLocalStorage(page, 'taps') })
const refused = new Promise<RefusedTap>(resolve => void queue.onRefused(resolve))
queue.add({ name: 'finishCooking', orderId: 'o_1' })
console.log(order?.status, (await refused).refusal.code, live.orders.all.length, typeof wrong, live.clock.withinMs < 1_000)
queue.close()
live.close()
`

describe('the client library as a package', function () {
  this.timeout(60_000)
  let dir: string
  let kitchen: Kitchen

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'baedal-package-'))
    kitchen = await Kitchen.open()
    await kitchen.town.placed('o_1')
  })
  after(async () => {
    await kitchen[Symbol.asyncDispose]()
    await rm(dir, { recursive: true, force: true })
  })

  it('is packed, installed, type-checked and used by somebody who has nothing else of ours', async () => {
    const built = join(dir, 'built')
    const home = join(dir, 'home')
    const installed = join(home, 'node_modules', 'baedal-client')
    await run(process.execPath, [join(ROOT, 'clients/publish.ts'), '--out', built])
    const { stdout: packed } = await run('npm', ['pack', '--silent', '--pack-destination', dir, built], { cwd: dir })
    await mkdir(installed, { recursive: true })
    await run('tar', ['-xzf', join(dir, packed.trim()), '-C', installed, '--strip-components', '1'])
    for (const name of ['socket.io-client', 'zod']) await symlink(join(ROOT, 'node_modules', name), join(home, 'node_modules', name))

    await writeFile(join(home, 'package.json'), '{ "type": "module" }')
    await writeFile(join(home, 'use.ts'), `declare const process: { readonly argv: string[] }\n${CONSUMER}`)
    const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
    const strict = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom', '--types', '']
    await run(process.execPath, [compiler, ...strict, '--exactOptionalPropertyTypes', join(home, 'use.ts')], { cwd: home }).catch(
      ({ stdout }: { readonly stdout: string }) => expect.fail(stdout),
    )
    const { stdout: said } = await run(process.execPath, [join(home, 'use.js'), kitchen.origin, 'store/store-1'])
    expect(said.trim()).to.equal('accepted ORDER_REFUSED 1 function true')
    expect(await kitchen.steps('o_1')).to.deep.equal(['accept'])
  })

  it('needs the packages that the house itself has, at the same versions', async () => {
    const read = async (path: string) => JSON.parse(await readFile(join(ROOT, path), 'utf8'))
    const [ours, theirs] = [await read('package.json'), await read('clients/shared/package.json')]
    for (const [name, version] of Object.entries(theirs.dependencies)) expect(ours.dependencies[name], name).to.equal(version)
    expect([theirs.version, theirs.license]).to.deep.equal([ours.version, ours.license])
  })
})
