import { expect } from 'chai'
import { Agent, request } from 'undici'
import webPush from 'web-push'
import { endpointObjection, isPrivateAddress, lookupPublic } from '../../server/outside/push-endpoint.ts'
import { json, serveJson } from '../../server/outside/stand-ins/json-server.ts'
import { type PushMessage, WebPush } from '../../server/outside/web-push.ts'
import { PushService } from '../harness/push-service.ts'

const VAPID = { ...webPush.generateVAPIDKeys(), subject: 'mailto:operations@example.com' }
const aPush: PushMessage = { payload: { type: 'alert', orderId: 'o-1', store: '황금치킨' }, ttlS: 120, urgency: 'high', topic: 'o-1' }

describe('Web Push', () => {
  let service: PushService
  const clients: WebPush[] = []
  const client = (changes: Partial<ConstructorParameters<typeof WebPush>[0]> = {}) => {
    const made = new WebPush({ vapid: VAPID, timeoutMs: 300, allowLoopback: true, now: Date.now, ...changes })
    clients.push(made)
    return made
  }
  beforeEach(async () => {
    service = await PushService.open(() => VAPID.publicKey)
  })
  afterEach(async () => {
    await Promise.all([...clients.splice(0).map(each => each.close()), service[Symbol.asyncDispose]()])
  })

  it('reaches one browser, which alone can read it, with its time to live, urgency and topic', async () => {
    const [mine] = [service.subscribe('mine'), service.subscribe('other')]
    expect(await client().send(mine, aPush)).to.deep.equal({ kind: 'accepted' })
    expect(service.arrived).to.deep.equal([{ to: 'mine', payload: aPush.payload, ttlS: 120, urgency: 'high', topic: 'o-1' }])
  })

  it('makes a topic of any order id', async () => {
    await client().send(service.subscribe('mine'), { ...aPush, topic: 'o'.repeat(64) })
    expect(service.arrived[0]?.topic).to.match(/^[\w-]{32}$/)
  })

  it('takes a subscription that is over for gone', async () => {
    const target = service.subscribe('mine')
    service.answer({ status: 410 }, { status: 404 })
    expect(await client().send(target, aPush)).to.deep.equal({ kind: 'gone', reason: 'HTTP_410' })
    expect(await client().send(target, aPush)).to.deep.equal({ kind: 'gone', reason: 'HTTP_404' })
  })

  it('takes keys that no browser has for gone, without a call', async () => {
    const { endpoint, keys } = service.subscribe('mine')
    for (const wrong of [
      { ...keys, p256dh: 'AAAA' },
      { ...keys, auth: 'AA' },
      { ...keys, p256dh: Buffer.alloc(65, 4).toString('base64url') },
    ])
      expect(await client().send({ endpoint, keys: wrong }, aPush)).to.include({ kind: 'gone' })
    expect(service.calls).to.equal(0)
  })

  it('waits as long as the service asks, within reason', async () => {
    const target = service.subscribe('mine')
    const now = Date.parse('2026-05-01T09:00:00.000Z')
    const answers = [
      [{ status: 429, retryAfter: '7' }, 7_000],
      [{ status: 429, retryAfter: 'Fri, 01 May 2026 09:00:30 GMT' }, 30_000],
      [{ status: 503, retryAfter: '86400' }, 600_000],
      [{ status: 500 }, 1_000],
      [{ status: 429, retryAfter: 'soon' }, 1_000],
    ] as const
    for (const [answer, afterMs] of answers) {
      service.answer(answer)
      expect(await client({ now: () => now }).send(target, aPush)).to.deep.equal({
        kind: 'later',
        reason: `HTTP_${answer.status}`,
        afterMs,
      })
    }
  })

  it('says what is refused for good, and does not send what is too large', async () => {
    const target = service.subscribe('mine')
    service.answer({ status: 413 }, { status: 403 }, { status: 302 })
    for (const status of [413, 403, 302])
      expect(await client().send(target, aPush)).to.deep.equal({ kind: 'refused', reason: `HTTP_${status}` })
    const large = { ...aPush, payload: { text: '가'.repeat(1_000) } }
    expect(await client().send(target, large)).to.deep.equal({ kind: 'refused', reason: 'TOO_LARGE' })
    expect(service.calls).to.equal(3)
  })

  it('does not know after a hang, and knows that nothing was sent when nobody listens', async () => {
    const target = service.subscribe('mine')
    service.answer('hang')
    expect(await client().send(target, aPush)).to.deep.equal({ kind: 'unknown', reason: 'TIMEOUT' })
    await service[Symbol.asyncDispose]()
    expect(await client().send(target, aPush)).to.deep.equal({ kind: 'later', reason: 'ECONNREFUSED', afterMs: 1_000 })
    service = await PushService.open(() => VAPID.publicKey)
  })

  it('does not start with keys that are none', () => {
    expect(() => client({ vapid: { ...VAPID, privateKey: 'short' } })).to.throw(/private key/)
    expect(() => client({ vapid: { ...VAPID, subject: 'operations' } })).to.throw(/subject/)
  })

  it('goes to no address of our own network, in production not even to this machine', async () => {
    const target = service.subscribe('mine')
    expect(await client({ allowLoopback: false }).send(target, aPush)).to.deep.equal({ kind: 'gone', reason: 'the endpoint must be https' })
    expect(service.calls).to.equal(0)
  })
})

describe('the endpoint of a push', () => {
  const inProduction = (endpoint: string) => endpointObjection(endpoint, { allowLoopback: false })

  it('is public and https', () => {
    for (const good of [
      'https://fcm.googleapis.com/fcm/send/abc',
      'https://updates.push.services.mozilla.com/wpush/v2/x',
      'https://8.8.8.8/x',
    ])
      expect(inProduction(good), good).to.equal(undefined)
  })

  it('is nothing else', () => {
    for (const bad of [
      'http://fcm.googleapis.com/fcm/send/abc',
      'https://fcm.googleapis.com:8443/x',
      'https://user:secret@fcm.googleapis.com/x',
      'https://localhost/x',
      'https://postgres/x',
      'https://metadata.google.internal/x',
      'https://127.0.0.1/x',
      'https://0x7f.1/x',
      'https://2130706433/x',
      'https://169.254.169.254/latest/meta-data',
      'https://10.1.2.3/x',
      'https://[::1]/x',
      'https://[::ffff:10.0.0.1]/x',
      'https://[fd00::1]/x',
      'ftp://example.com/x',
      'nonsense',
    ])
      expect(inProduction(bad), bad).to.be.a('string')
  })

  it('may be on this machine in development, and nowhere else inside', () => {
    expect(endpointObjection('http://127.0.0.1:9999/push/x', { allowLoopback: true })).to.equal(undefined)
    expect(endpointObjection('http://10.0.0.1/push/x', { allowLoopback: true })).to.be.a('string')
  })

  it('tells public addresses from all others', () => {
    for (const own of [
      '10.0.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      '0.0.0.0',
      '255.255.255.255',
      '::',
      '::1',
      'fe80::1',
      '2002:a00:1::',
      '64:ff9b::a00:1',
    ])
      expect(isPrivateAddress(own), own).to.equal(true)
    for (const other of ['8.8.8.8', '172.32.0.1', '223.255.255.255', '2606:4700::1111'])
      expect(isPrivateAddress(other), other).to.equal(false)
  })

  it('is looked at again by every connection, whatever its name was taken for', async () => {
    const inner = await serveJson(0, async () => json(200, {}))
    const dispatcher = new Agent({ connect: { lookup: lookupPublic } })
    const asked = await request(`http://localhost:${inner.port}/`, { dispatcher }).catch((error: unknown) => error)
    expect(asked).to.include({ code: 'EPRIVATE' })
    await dispatcher.close()
    await inner.stop()
  })

  it('is looked at again when its name is resolved', async () => {
    const looked = await new Promise<unknown>(resolve => lookupPublic('localhost', { all: true }, error => resolve(error)))
    expect(looked).to.include({ code: 'EPRIVATE' })
  })
})
