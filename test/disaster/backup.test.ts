import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { openDataDir } from '../../config/runtime/data-dir.ts'
import { type House, openHouse } from '../../config/runtime/house.ts'
import { until } from '../harness/house.ts'
import { HOME, ledgerOf, Somebody } from '../harness/people.ts'
import { ROOT } from '../house/sources.ts'

const ACCEPT_WINDOW_MS = 15_000

interface Listed {
  readonly items: readonly { readonly id: string; readonly status: string }[]
}

describe('a house that is lost with its servers', function () {
  this.timeout(180_000)
  const dir = mkdtempSync(join(tmpdir(), 'baedal-disaster-'))
  after(() => rmSync(dir, { recursive: true, force: true }))

  /** As a person at a shell runs them; throws when one ends with something else than 0. */
  const run = async (script: 'backup' | 'verify', ...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, `server/${script}.ts`), ...args], {
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    })
    return stdout
  }
  const people = (house: House) =>
    Promise.all([
      Somebody.signIn(house.url, 'customer', 'customer-1'),
      Somebody.signIn(house.url, 'store', 'store-1'),
      Somebody.signIn(house.url, 'rider', 'rider-1'),
    ])

  it('comes back from its backup, and every order goes on from where it stood', async () => {
    const [old, fresh, copy] = ['old', 'fresh', 'backup'].map(name => join(dir, name)) as [string, string, string]
    const env = { ACCEPT_WINDOW_MS: String(ACCEPT_WINDOW_MS) }
    const lost = await openHouse({ dataDir: old, port: 0, env })
    const [customer, store, rider] = await people(lost)
    let keys = 0
    const place = (who = customer) => who.place(`disaster-${++keys}`, { paymentKey: `pk_test_disaster_${keys}` })
    const cook = async (id: string, by: Somebody): Promise<void> => {
      await by.act(id, 'accept', { prepMinutes: 10 })
      await by.act(id, 'start-cooking')
      await by.act(id, 'finish-cooking')
    }
    const [unanswered, cooked, picked, canceled] = await Promise.all([place(), place(), place(), place()])
    await rider.call('/api/riders/me/status', 'PUT', { online: true })
    await rider.call('/api/riders/me/location', 'PUT', { lat: HOME.lat, lng: HOME.lng, seq: 1, at: new Date().toISOString() })
    await Promise.all([cook(cooked.id, store), cook(picked.id, store), customer.act(canceled.id, 'cancel')])
    await rider.act(picked.id, 'pick')
    await customer.sees(canceled.id, ({ refund }) => refund === 'done', 'its refund')

    // Orders flow while it is taken.
    const going = { on: true }
    const flow = (async () => {
      while (going.on) await place()
    })()
    const said = await run('backup', '--to', copy, '--data-dir', old).finally(() => {
      going.on = false
    })
    await flow
    expect(said).to.match(/\nbackup of .* messages in \d+ streams, \d+ rows, .* MB, in .* s\n$/)
    const tooLate = await place()

    const { jwtSecret } = JSON.parse(readFileSync(join(old, 'secrets.json'), 'utf8')) as { jwtSecret: string }
    lost.killAll()
    await lost.stop()
    const provider = openDataDir(fresh).standIns // a provider is not lost with the house
    cpSync(join(old, 'stand-ins'), provider, { recursive: true })
    rmSync(old, { recursive: true, force: true })

    await using house = await openHouse({ dataDir: fresh, port: 0, env: { ...env, JWT_FORMER_SECRETS: jwtSecret }, from: copy })
    // Who was signed in still is, for the new house knows the old secret as a former one; and passwords are those of before.
    const signedIn = await fetch(`${house.url}/api/orders/${cooked.id}`, { headers: { authorization: `Bearer ${customer.token}` } })
    expect(signedIn.status).to.equal(200)
    const [again, tablet, phone] = await people(house)
    const statusOf = async (id: string) => (await again.order(id)).status
    expect([await statusOf(cooked.id), await statusOf(picked.id), await statusOf(canceled.id)]).to.deep.equal([
      'cooked',
      'picked',
      'canceled',
    ])

    // What happened after the backup is not there, and the house says so; the provider knows of the money (docs/operations.md).
    expect(await again.refused(`/api/orders/${tooLate.id}`)).to.equal('404 ORDER_NOT_FOUND')
    expect((await ledgerOf(house.standIns.psp, tooLate.id)).payments).to.have.length(1)

    // To their end: by hand, by the timer that was in the log, and a new one.
    await phone.act(picked.id, 'deliver')
    await again.act(picked.id, 'confirm')
    await phone.call('/api/riders/me/status', 'PUT', { online: true })
    await phone.act(cooked.id, 'pick')
    await phone.act(cooked.id, 'deliver')
    expect((await again.act(cooked.id, 'confirm')).status).to.equal('confirmed')
    await again.sees(
      unanswered.id,
      ({ status, refund }) => status === 'expired' && refund === 'done',
      'the refund of what no store answered',
      60_000,
    )
    const next = await again.place('disaster-next', { paymentKey: 'pk_test_disaster_next' })
    expect((await tablet.act(next.id, 'accept', { prepMinutes: 10 })).status).to.equal('accepted')

    const listed = async () => (await again.call<Listed>('/api/orders?limit=100')).items
    await until('the read model has it all', async () => (await listed()).some(({ id, status }) => id === next.id && status === 'accepted'))
    await until('log, archive and read model agree', async () => /\ndifferences: 0\n$/.test(await run('verify', '--data-dir', fresh)))
    for (const who of [customer, store, rider, again, tablet, phone]) await who[Symbol.asyncDispose]()
  })
})
