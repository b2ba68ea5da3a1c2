import { expect } from 'chai'
import { readConfig } from '../../config/config.ts'

const NEEDED = {
  JWT_SECRET: 'x'.repeat(32),
  TOSS_SECRET_KEY: 'test_sk_12345678',
  SOLAPI_API_KEY: 'NCS12345',
  SOLAPI_API_SECRET: 'secret-secret',
}

const VAPID = { vapidPublicKey: 'B'.repeat(87), vapidPrivateKey: 'p'.repeat(43) }

describe('the configuration', () => {
  it('needs its secrets and has a default for all else', () => {
    expect(readConfig(NEEDED)).to.include({ PORT: 8080, ACCEPT_WINDOW_MS: 600_000, NODE_ENV: 'development' })
  })

  it('says in one line everything that is wrong', () => {
    const { JWT_SECRET: _secret, ...rest } = NEEDED
    expect(() => readConfig({ ...rest, PORT: 'soon', ACCEPT_WINDOW_MS: '0' })).to.throw(
      /^PORT: .*, got "soon"; JWT_SECRET is missing; ACCEPT_WINDOW_MS: .*, got "0"$/,
    )
  })

  it('wants of a process its own secrets and nobody else’s', () => {
    const { JWT_SECRET, TOSS_SECRET_KEY, ...solapi } = NEEDED
    for (const role of ['actors', 'projector', 'migrate'] as const) expect(readConfig({}, role).JWT_SECRET).to.equal('')
    expect(readConfig({ JWT_SECRET }, 'web').JWT_SECRET).to.equal(JWT_SECRET)
    expect(readConfig({ TOSS_SECRET_KEY }, 'payments').TOSS_SECRET_KEY).to.equal(TOSS_SECRET_KEY)
    expect(readConfig(solapi, 'notifier')).to.include(solapi)
    expect(() => readConfig({ TOSS_SECRET_KEY, ...solapi }, 'web')).to.throw(/^JWT_SECRET is missing$/)
    expect(() => readConfig({ JWT_SECRET, ...solapi }, 'payments')).to.throw(/^TOSS_SECRET_KEY is missing$/)
    expect(() => readConfig({ JWT_SECRET, TOSS_SECRET_KEY }, 'notifier')).to.throw(
      /^SOLAPI_API_KEY is missing; SOLAPI_API_SECRET is missing$/,
    )
  })

  it('traces nothing until a collector is named, and then a hundredth', () => {
    expect(readConfig(NEEDED)).to.include({
      OTEL_EXPORTER_OTLP_ENDPOINT: '',
      OTEL_TRACES_SAMPLER_ARG: 0.01,
      OTEL_TRACES_SAMPLER: 'traceidratio',
    })
    for (const wrong of [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://here:4317' },
      { OTEL_TRACES_SAMPLER_ARG: '1.5' },
      { OTEL_TRACES_SAMPLER: 'always_on' },
    ])
      expect(() => readConfig({ ...NEEDED, ...wrong }), JSON.stringify(wrong)).to.throw(/^OTEL_/)
  })

  it('wants each grade to take more than the one before', () => {
    expect(readConfig({ ...NEEDED, GRADE_SILVER: '2' })).to.include({ GRADE_SILVER: 2, GRADE_GOLD: 20 })
    expect(() => readConfig({ ...NEEDED, GRADE_SILVER: '20', GRADE_VIP: '7' })).to.throw(
      /^GRADE_GOLD must be above GRADE_SILVER; GRADE_VIP must be above GRADE_GOLD$/,
    )
  })

  it('never repeats a secret, however wrong', () => {
    expect(() => readConfig({ ...NEEDED, JWT_SECRET: 'hunter2', DATABASE_URL: '' })).to.throw(/^JWT_SECRET: (?!.*hunter2)/)
  })

  it('wants passwords of the database that need no translation, and repeats none', () => {
    const password = `${'p'.repeat(13)}'"%`
    expect(readConfig({ ...NEEDED, DATABASE_WEB_PASSWORD: password })).to.include({
      DATABASE_WEB_PASSWORD: password,
      DATABASE_PROJECTOR_PASSWORD: '',
    })
    for (const wrong of ['too-short', `${password}é`, `${password} `])
      expect(() => readConfig({ ...NEEDED, DATABASE_PROJECTOR_PASSWORD: wrong })).to.throw(
        /^DATABASE_PROJECTOR_PASSWORD: must have at least 16 letters, digits and signs of ASCII$/,
      )
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ ...NEEDED, PORT: '' }).PORT).to.equal(8080)
  })

  it('takes the template ids of an account, and keeps its own where none is given', () => {
    const { SOLAPI_TEMPLATES } = readConfig({ ...NEEDED, SOLAPI_TEMPLATES: '{"placed":"KA01TP260101000000000000000000ab"}' })
    expect(SOLAPI_TEMPLATES.placed).to.deep.equal({
      id: 'KA01TP260101000000000000000000ab',
      variables: ['store', 'order', 'items', 'total'],
    })
    expect(SOLAPI_TEMPLATES.cooked.id).to.equal('BAEDAL_COOKED_1')
  })

  it('refuses the id of a template that it does not have, and what is no id', () => {
    expect(() => readConfig({ ...NEEDED, SOLAPI_TEMPLATES: '{"plced":"KA01"}' })).to.throw(
      /^SOLAPI_TEMPLATES: no template plced, there are placed, .*refunded, got .*$/,
    )
    for (const wrong of ['placed=KA01', '{"placed":1}', '["KA01"]', '{"placed":""}'])
      expect(() => readConfig({ ...NEEDED, SOLAPI_TEMPLATES: wrong })).to.throw(/^SOLAPI_TEMPLATES: must be JSON, template ids .*$/)
  })

  it('has web push with a whole identity or not at all', () => {
    const { vapidPublicKey, vapidPrivateKey } = VAPID
    const whole = { VAPID_PUBLIC_KEY: vapidPublicKey, VAPID_PRIVATE_KEY: vapidPrivateKey, VAPID_SUBJECT: 'mailto:a@example.com' }
    expect(readConfig({ ...NEEDED, ...whole })).to.include(whole)
    expect(readConfig(NEEDED)).to.include({ VAPID_PUBLIC_KEY: '', VAPID_PRIVATE_KEY: '', VAPID_SUBJECT: '' })
    expect(() => readConfig({ ...NEEDED, VAPID_PUBLIC_KEY: vapidPublicKey })).to.throw(
      /^VAPID_PRIVATE_KEY is missing; VAPID_SUBJECT is missing$/,
    )
    expect(() => readConfig({ ...NEEDED, ...whole, VAPID_SUBJECT: 'me' })).to.throw(
      /^VAPID_SUBJECT: must begin with mailto: or https:, got "me"$/,
    )
    expect(readConfig({ ...NEEDED, VAPID_PUBLIC_KEY: vapidPublicKey }, 'web').VAPID_PUBLIC_KEY).to.equal(vapidPublicKey)
  })

  it('reads rings as pairs of metres and milliseconds that grow, and no others', () => {
    const ringsOf = (text: string) => readConfig({ ...NEEDED, DELIVERY_RINGS: text }).DELIVERY_RINGS
    expect(ringsOf('')).to.deep.equal([
      { withinM: 1_000, afterMs: 0 },
      { withinM: 3_000, afterMs: 15_000 },
      { withinM: 5_000, afterMs: 45_000 },
    ])
    expect(ringsOf('500:0,6000:0')).to.deep.equal([
      { withinM: 500, afterMs: 0 },
      { withinM: 6_000, afterMs: 0 },
    ])
    for (const wrong of ['1km:0', '1000', '1000:0,', '1000:0,900:5', '1000:9,2000:5', '0:0', '6001:0', '1:86400001'])
      expect(() => ringsOf(wrong), wrong).to.throw(/^DELIVERY_RINGS: must /)
  })
})
