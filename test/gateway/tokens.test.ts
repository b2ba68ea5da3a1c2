import { expect } from 'chai'
import { SignJWT } from 'jose'
import { ApiError } from '../../server/contract/errors.ts'
import { Tokens } from '../../server/gateway/tokens.ts'

const OLD = 'the secret of last year, 32 letters'
const NEW = 'the secret of this year, 32 letters'
const customer = { role: 'customer', id: 'customer-1' } as const

describe('session tokens', () => {
  let nowMs: number
  const tokens = (secret: string, ...formerSecrets: string[]) => new Tokens({ secret, formerSecrets, tokenMinutes: 720, now: () => nowMs })
  const codeOf = (token: string, by: Tokens): Promise<string> =>
    by.read(token).then(
      () => 'good',
      (error: unknown) => (error instanceof ApiError ? error.code : String(error)),
    )
  beforeEach(() => {
    nowMs = Date.parse('2026-05-01T09:00:00Z')
  })

  it('stay good while the secret is changed, gateway by gateway, and end when they would have ended', async () => {
    const before = await tokens(OLD).issue(customer)
    const learnt = tokens(OLD, NEW) // each gateway learns the new one first …
    const changed = tokens(NEW, OLD) // … and then signs with it
    const after = await changed.issue(customer)
    for (const gateway of [learnt, changed])
      expect([await codeOf(before, gateway), await codeOf(after, gateway)]).to.deep.equal(['good', 'good'])
    nowMs += 12 * 3_600_000 + 1_000
    expect(await codeOf(before, changed)).to.equal('TOKEN_EXPIRED')
    nowMs -= 3_600_000
    expect([await codeOf(before, tokens(NEW)), await codeOf(after, tokens(NEW))]).to.deep.equal(['UNAUTHENTICATED', 'good'])
  })

  it('name their key, and no other key than the named one is tried', async () => {
    const issued = await tokens(NEW).issue(customer)
    const [head = ''] = issued.split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as { readonly kid: string }
    expect(header).to.have.all.keys('alg', 'kid')
    const sign = (kid: string | undefined, secret: string) =>
      new SignJWT({ role: 'ops' })
        .setProtectedHeader({ alg: 'HS256', ...(kid === undefined ? {} : { kid }) })
        .setSubject('ops-1')
        .setExpirationTime(Math.floor(nowMs / 1_000) + 60)
        .sign(new TextEncoder().encode(secret))
    expect(await codeOf(await sign(header.kid, OLD), tokens(NEW, OLD)), 'another key under this name').to.equal('UNAUTHENTICATED')
    expect(await codeOf(await sign('unknown', NEW), tokens(NEW))).to.equal('UNAUTHENTICATED')
    expect(await codeOf(await sign(undefined, NEW), tokens(NEW))).to.equal('UNAUTHENTICATED')
  })
})
