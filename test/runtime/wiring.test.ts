import { join } from 'node:path'
import { expect } from 'chai'
import { serversOf } from '../../actors/nats/servers.ts'
import { asRole } from '../../config/runtime/postgres-roles.ts'
import { keepSecrets } from '../../config/runtime/secrets.ts'
import { assignPorts, environmentOf, ROLES, type Wiring } from '../../config/runtime/wiring.ts'
import { temporary } from './rooms.ts'

const STAFF = { cluster: 1, hosts: 1, payments: 1 }
const OWNER = 'postgresql://baedal:owner@127.0.0.1:5432/baedal'

describe('who comes to the servers, and as whom', () => {
  const wiringOf = (path: string, ownsPostgres: boolean): Wiring => ({
    ports: assignPorts(1, STAFF, () => 2),
    secrets: keepSecrets(join(path, 'secrets.json'), () => 'x'.repeat(48)),
    staff: STAFF,
    ownsNats: true,
    natsUrl: 'nats://127.0.0.1:4222',
    databaseUrl: OWNER,
    ownsPostgres,
    standInDir: path,
    overrides: {},
  })
  const settingsOf = (wiring: Wiring) =>
    Object.fromEntries(
      [...ROLES, 'migrate', 'seed'].map(name => {
        const env = environmentOf(wiring, name, name as 'migrate', 0)
        const { DATABASE_URL: url, DATABASE_WEB_PASSWORD: web, DATABASE_PROJECTOR_PASSWORD: projector } = env
        return [name, { user: url && new URL(url).username, url, web, projector }] as const
      }),
    )

  it('is in NATS a user for each sort of process, and no stand-in', () => {
    using dir = temporary()
    const wiring = wiringOf(dir.path, true)
    const users = [...ROLES, 'migrate', 'seed'].map(name => {
      const { NATS_URL: url } = environmentOf(wiring, name, name as 'migrate', 0)
      return [name, url && serversOf(url).user] as const
    })
    expect(Object.fromEntries(users)).to.deep.equal({
      psp: undefined,
      kakao: undefined,
      actors: 'actors',
      projector: 'worker',
      payments: 'worker',
      notifier: 'worker',
      web: 'gateway',
      migrate: 'admin',
      seed: 'admin',
    })
  })

  it('is in PostgreSQL the gateway and the projector as a role, migrate and seed as the owner, and nobody else', () => {
    using dir = temporary()
    const settings = settingsOf(wiringOf(dir.path, true))
    expect(Object.fromEntries(Object.entries(settings).map(([name, { user }]) => [name, user]))).to.deep.equal({
      psp: undefined,
      kakao: undefined,
      actors: undefined,
      projector: 'baedal_projector',
      payments: undefined,
      notifier: undefined,
      web: 'baedal_web',
      migrate: 'baedal',
      seed: 'baedal',
    })
    const { migrate, web, projector, ...others } = settings
    expect(web?.url).to.equal(asRole(OWNER, 'baedal_web', migrate?.web))
    expect(projector?.url).to.equal(asRole(OWNER, 'baedal_projector', migrate?.projector))
    expect(migrate?.web)
      .to.match(/^[0-9a-f]{40}$/)
      .and.not.equal(migrate?.projector)
    for (const [name, { web, projector }] of Object.entries(others)) expect([web, projector], name).to.deep.equal([undefined, undefined])
  })

  it('is on an outside PostgreSQL whoever its URL names, until the roles have passwords', () => {
    using dir = temporary()
    const outside = wiringOf(dir.path, false)
    expect(settingsOf(outside).web).to.deep.include({ url: OWNER, web: undefined })
    process.env.DATABASE_WEB_PASSWORD = "a'b%/@:c d"
    try {
      const { migrate, web, projector, actors } = settingsOf(outside)
      expect(migrate).to.deep.include({ url: OWNER, web: "a'b%/@:c d", projector: undefined })
      expect(web?.user).to.equal('baedal_web')
      expect(decodeURIComponent(new URL(web?.url ?? '').password)).to.equal("a'b%/@:c d")
      expect(web?.web).to.equal(undefined)
      expect(projector?.url).to.equal(OWNER)
      expect(actors).to.deep.include({ url: undefined, web: undefined })
    } finally {
      delete process.env.DATABASE_WEB_PASSWORD
    }
  })
})
