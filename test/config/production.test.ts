import { expect } from 'chai'
import { readConfig } from '../../config/config.ts'
import type { Role } from '../../config/production.ts'

const REAL = {
  NODE_ENV: 'production',
  NATS_URL: 'nats://gateway:a-password@nats-1:4222,nats://nats-2:4222',
  NATS_TLS_CA: '/etc/baedal/ca.crt',
  NATS_REPLICAS: '3',
  JWT_SECRET: '8fK2-pQ7x-Lm3z-Wv9T-aB4c-Yn6d-Eh1g',
  TOSS_SECRET_KEY: 'live_sk_12345678',
  SOLAPI_API_KEY: 'NCS12345',
  SOLAPI_API_SECRET: 'secret-secret',
}
const asRole = (role: string, tail = '?sslmode=verify-full') => `postgresql://${role}:a-password@postgres:5432/baedal${tail}`
const refused = (settings: Readonly<Record<string, string | undefined>>, role?: Role): string => {
  try {
    readConfig({ ...REAL, ...settings }, role)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('the configuration in production', () => {
  it('takes what a house needs that takes real money', () => {
    expect(refused({})).to.equal('')
    expect(refused({ DATABASE_URL: asRole('baedal_web') }, 'web')).to.equal('')
    expect(refused({ DATABASE_URL: asRole('baedal_projector', '?sslmode=require') }, 'projector')).to.equal('')
    expect(refused({ DATABASE_URL: asRole('baedal') }, 'migrate')).to.equal('')
    expect(refused({ DATABASE_URL: undefined }, 'actors'), 'who has no business there').to.equal('')
  })

  for (const [setting, value] of [
    ['TOSS_SECRET_KEY', 'test_sk_12345678'],
    ['TOSS_CLIENT_KEY', 'test_ck_12345678'],
    ['JWT_SECRET', 'x'.repeat(32)],
    ['JWT_FORMER_SECRETS', 'y'.repeat(32)],
    ['TOSS_URL', 'http://127.0.0.1:9999'],
    ['SOLAPI_URL', 'http://127.0.0.1:9999'],
    ['PSP_PORT', '9999'],
    ['KAKAO_PORT', '9999'],
    ['LOG_LEVEL', 'debug'],
    ['LOG_LEVEL', 'silent'],
  ] as const)
    it(`refuses ${setting}=${value.slice(0, 16)}`, () => {
      const named = setting === 'JWT_FORMER_SECRETS' ? 'JWT_SECRET' : setting
      expect(refused({ [setting]: value })).to.match(new RegExp(`^${named} must [^;]* in production[^;]*$`))
    })

  it('refuses a NATS without a user, without TLS on another machine, or with too few copies', () => {
    for (const url of [undefined, 'nats://127.0.0.1:4222', 'nats://gateway@127.0.0.1:4222', 'nats://127.0.0.1:1,nats://u:p@127.0.0.1:2'])
      expect(refused({ NATS_URL: url }), url).to.match(/^NATS_URL must name a user and a password in production/)
    expect(refused({ NATS_URL: 'nats://nats-1:4222', NATS_TLS_CERT: 'web.crt', NATS_TLS_KEY: 'web.key' }), 'a certificate').to.equal('')
    for (const url of [REAL.NATS_URL, 'nats://u:p@127.0.0.1:4222,nats://10.0.0.7:4222'])
      expect(refused({ NATS_URL: url, NATS_TLS_CA: undefined }), url).to.match(/^NATS_TLS_CA must [^;]*$/)
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      expect(refused({ NATS_URL: `nats://u:p@${host}:4222`, NATS_TLS_CA: undefined }), host).to.equal('')
    for (const copies of [undefined, '1', '2'])
      expect(refused({ NATS_REPLICAS: copies })).to.match(/^NATS_REPLICAS must be 3 or more [^;]*$/)
    expect(refused({ NATS_REPLICAS: '1', ALLOW_SINGLE_NATS: 'yes' })).to.equal('')
  })

  it('refuses messages in nobody’s name', () => {
    const sender = { SOLAPI_FROM: '0298765432', SOLAPI_PF_ID: 'KA01PF260101' }
    expect(refused(sender, 'notifier')).to.equal('')
    for (const setting of ['SOLAPI_FROM', 'SOLAPI_PF_ID'] as const)
      expect(refused({ ...sender, [setting]: undefined }, 'notifier')).to.match(new RegExp(`^${setting} must be your own [^;]*$`))
  })

  it('refuses the owner of the tables to whoever is not to own them, a default password, and a line that can be read', () => {
    for (const role of ['web', 'projector'] as const) {
      expect(refused({ DATABASE_URL: asRole('baedal') }, role)).to.match(new RegExp(`^DATABASE_URL must come as baedal_${role} [^;]*$`))
      expect(refused({ DATABASE_URL: undefined }, role)).to.match(/^DATABASE_URL must come as /)
    }
    expect(refused({}, 'migrate')).to.equal('DATABASE_URL must bring a password of your own in production')
    expect(refused({ DATABASE_URL: asRole('baedal_web', '') }, 'web')).to.match(/^DATABASE_URL must end in \?sslmode=verify-full [^;]*$/)
    expect(refused({ DATABASE_URL: 'postgresql://baedal:own@127.0.0.1:5432/baedal' }, 'migrate'), 'on this machine').to.equal('')
  })

  it('repeats none of it, and says all of it at once', () => {
    const line = refused(
      { NATS_URL: 'nats://hunter2@nats-1', LOG_LEVEL: 'debug', DATABASE_URL: 'postgresql://baedal:hunter3@db/baedal' },
      'web',
    )
    expect(line.split('; ')).to.have.lengthOf(4)
    expect(line).to.not.match(/hunter/)
  })
})
