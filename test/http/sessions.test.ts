import { expect } from 'chai'
import { hashPassword } from '../../server/gateway/passwords.ts'
import { type GatewayHouse, openGateway } from './gateway-house.ts'

interface Session {
  readonly token: string
  readonly refreshToken: string
  readonly expiresAt: string
  readonly id: string
}

describe('a session', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
    const passwordHash = await hashPassword('demo')
    for (const id of ['customer-1', 'customer-2'])
      await house.accounts.addAccount({ role: 'customer', login: id, id, passwordHash, name: 'x', createdAt: new Date() })
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const signIn = async (login = 'customer-1'): Promise<Session> => {
    house.clock.advance(1)
    return (await house.call('POST', '/api/sessions', { body: { role: 'customer', login, password: 'demo' } })).body
  }
  const refresh = (refreshToken: string) => house.call('POST', '/api/sessions/refresh', { body: { refreshToken } })
  const codeOf = async (token: string): Promise<string> => {
    const { status, body } = await house.call('GET', '/api/customers/me', { token })
    return status === 200 ? 'good' : body.error.code
  }

  it('outlives its token: the refresh token fetches the next pair', async () => {
    const first = await signIn()
    expect(Date.parse(first.expiresAt) - house.clock.now()).to.equal(720 * 60_000)
    house.clock.advance(721 * 60_000)
    expect(await codeOf(first.token)).to.equal('TOKEN_EXPIRED')
    const second = await refresh(first.refreshToken)
    expect(second.status).to.equal(200)
    expect([await codeOf(second.body.token), second.body.id]).to.deep.equal(['good', 'customer-1'])
    house.clock.advance(31 * 86_400_000)
    expect((await refresh(second.body.refreshToken)).body.error.code).to.equal('TOKEN_EXPIRED')
  })

  it('takes a refresh token once more when its answer was lost, and takes a later copy for theft', async () => {
    const first = await signIn()
    const [lost, again] = [await refresh(first.refreshToken), await refresh(first.refreshToken)]
    expect([lost.status, again.status]).to.deep.equal([200, 200])
    house.clock.advance(60_000)
    const next = await refresh(again.body.refreshToken)
    expect(next.status).to.equal(200)
    house.clock.advance(60_000)
    expect((await refresh(first.refreshToken)).body.error.code).to.equal('UNAUTHENTICATED')
    expect(await codeOf(next.body.token), 'the owner must sign in again').to.equal('UNAUTHENTICATED')
    expect((await refresh(next.body.refreshToken)).body.error.code).to.equal('UNAUTHENTICATED')
  })

  it('takes neither token for the other, and none that is not ours', async () => {
    const { token, refreshToken } = await signIn()
    expect(await codeOf(refreshToken)).to.equal('UNAUTHENTICATED')
    expect((await refresh(token)).body.error.code).to.equal('UNAUTHENTICATED')
    expect((await refresh('nonsense')).body.error.code).to.equal('UNAUTHENTICATED')
  })

  it('ends by itself when its owner signs out, the others go on', async () => {
    const [phone, laptop] = [await signIn(), await signIn()]
    expect((await house.call('DELETE', '/api/sessions/me', { token: phone.token })).body).to.deep.equal({ signedOut: true })
    expect([await codeOf(phone.token), await codeOf(laptop.token)]).to.deep.equal(['UNAUTHENTICATED', 'good'])
    expect((await refresh(phone.refreshToken)).status).to.equal(401)
    expect((await refresh(laptop.refreshToken)).status).to.equal(200)
  })

  it('ends with all others of its account, and a new one may begin at once', async () => {
    const [phone, laptop, other] = [await signIn(), await signIn(), await signIn('customer-2')]
    await house.call('DELETE', '/api/sessions', { token: phone.token })
    expect([await codeOf(phone.token), await codeOf(laptop.token), await codeOf(other.token)]).to.deep.equal([
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
      'good',
    ])
    expect((await refresh(laptop.refreshToken)).status).to.equal(401)
    expect(await codeOf((await signIn()).token)).to.equal('good')
  })

  it('is ended by an operator, for a reason that is written down', async () => {
    const { token } = await signIn()
    const ops = { role: 'ops', id: 'ops-1' } as const
    const asked = await house.call('POST', '/api/ops/accounts/customer/customer-1/sign-out', { as: ops, body: { reason: '휴대폰 분실' } })
    expect(asked.status).to.equal(200)
    expect(await codeOf(token)).to.equal('UNAUTHENTICATED')
    const audit = house.logged.map(line => JSON.parse(line)).find(line => line.audit === 'sign-out')
    expect(audit).to.deep.include({ account: { role: 'customer', id: 'customer-1' }, by: ops, reason: '휴대폰 분실' })
    expect(house.logged.join(), 'no token is ever logged').not.to.contain(token)
  })
})
