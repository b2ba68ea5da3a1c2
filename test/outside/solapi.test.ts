import { expect } from 'chai'
import { type AlimTalk, Solapi } from '../../server/outside/solapi.ts'
import { readReports } from '../../server/outside/solapi-report.ts'
import { json, type StandIn, serveJson } from '../../server/outside/stand-ins/json-server.ts'
import { startKakao, type TakenMessage } from '../../server/outside/stand-ins/kakao.ts'

const KEYS = { apiKey: 'NCSTESTKEY', apiSecret: 'test-solapi-secret' }
const aMessage: AlimTalk = {
  to: '01000000001',
  from: '0212345678',
  text: '황금치킨 주문이 접수되었습니다.',
  pfId: 'KA01PF1',
  templateId: 'BAEDAL_PLACED_1',
  variables: { '#{store}': '황금치킨' },
  disableSms: false,
  customFields: { orderId: 'order-1', commandId: 'c-1' },
}

import { until } from '../harness/house.ts'

describe('Solapi, client and stand-in', () => {
  let kakao: StandIn
  let salts = 0
  const clients: Solapi[] = []
  const client = (changes: Partial<ConstructorParameters<typeof Solapi>[0]> = {}) => {
    const newSalt = () => `salt-of-12-or-more-${++salts}`
    const made = new Solapi({ url: kakao.url, ...KEYS, timeoutMs: 300, now: () => Date.now(), newSalt, ...changes })
    clients.push(made)
    return made
  }
  const taken = async (to: string) => {
    const response = await fetch(`${kakao.url}/stand-in/messages?to=${to}`)
    return ((await response.json()) as { messages: TakenMessage[] }).messages
  }
  const faults = (body: object) => fetch(`${kakao.url}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(body) })

  beforeEach(async () => {
    let ids = 0
    kakao = await startKakao({ port: 0, ...KEYS, now: () => Date.now(), newId: () => `id-${++ids}` })
  })
  afterEach(async () => {
    await Promise.all([...clients.splice(0).map(each => each.close()), kakao.stop()])
  })

  it('sends an AlimTalk and shows it as it was taken', async () => {
    const sent = await client().send(aMessage)
    expect(sent).to.include({ kind: 'sent' })
    const { pfId, templateId, variables, disableSms, ...rest } = aMessage
    const [message] = await taken(aMessage.to)
    expect(message).to.deep.include({ ...rest, type: 'ATA', kakaoOptions: { pfId, templateId, variables, disableSms } })
    expect(message?.messageId).to.equal(sent.kind === 'sent' ? sent.messageId : '')
    expect(await taken('01099999999')).to.deep.equal([])
  })

  it('refuses a wrong secret, a stranger, an old date and a signature used twice', async () => {
    const codes: unknown[] = []
    for (const changes of [
      { apiSecret: 'another' },
      { apiKey: 'NCSOTHER' },
      { now: () => Date.now() - 16 * 60_000 },
      { newSalt: () => 'short' },
    ]) {
      codes.push(await client(changes).send(aMessage))
    }
    const at = Date.now()
    const twice = client({ now: () => at, newSalt: () => 'always-the-same' })
    expect(await twice.send(aMessage)).to.include({ kind: 'sent' })
    codes.push(await twice.send(aMessage))
    const expected = ['SignatureDoesNotMatch', 'InvalidApiKey', 'RequestTimeTooSkewed', 'InvalidAuthHeader', 'DuplicatedSignature']
    expect(codes).to.have.length(5)
    for (const [i, code] of codes.entries()) expect(code).to.include({ kind: 'refused', code: expected[i] })
    expect(await taken(aMessage.to)).to.have.length(1)
  })

  it('refuses a number with dashes and a variable with a dot', async () => {
    expect(await client().send({ ...aMessage, to: '010-0000-0001' })).to.include({ kind: 'refused', code: 'ValidationError' })
    expect(await client().send({ ...aMessage, variables: { '#{store.name}': 'x' } })).to.include({
      kind: 'refused',
      code: 'ValidationError',
    })
  })

  it('does not know after a hang, a cut or a server error', async () => {
    await faults({ hangRate: 1 })
    expect(await client().send(aMessage)).to.deep.equal({ kind: 'unknown', reason: 'TIMEOUT' })
    await faults({ resetRate: 1 })
    expect(await client().send(aMessage)).to.deep.equal({ kind: 'unknown', reason: 'UND_ERR_SOCKET' })
    await faults({ errorRate: 1 })
    expect(await client().send(aMessage)).to.deep.equal({ kind: 'unknown', reason: 'HTTP_500' })
    expect(await taken(aMessage.to)).to.deep.equal([])
  })

  it('knows that nothing was sent when nobody listens, or when it was told to slow down', async () => {
    const busy = await serveJson(0, async () => json(429, {}))
    expect(await client({ url: busy.url }).send(aMessage)).to.deep.equal({ kind: 'unreached', reason: 'HTTP_429' })
    await busy.stop()
    expect(await client({ url: busy.url }).send(aMessage)).to.deep.equal({ kind: 'unreached', reason: 'ECONNREFUSED' })
  })

  it('reads a failed message in a 200 as refused', async () => {
    const failing = await serveJson(0, async () =>
      json(200, { groupInfo: { groupId: 'G' }, failedMessageList: [{ to: '0', statusCode: '3104', statusMessage: '카카오톡 미사용자' }] }),
    )
    expect(await client({ url: failing.url }).send(aMessage)).to.deep.equal({ kind: 'refused', code: '3104', message: '카카오톡 미사용자' })
    await failing.stop()
  })

  it('reports how every message ended, in bulk, and again until it is heard', async () => {
    const heard: { messageId: string; type: string; statusCode: string; customFields: object }[][] = []
    let deaf = 1
    const ours = await serveJson(0, async ({ body }) => {
      if (deaf-- > 0) return json(500, {})
      heard.push(body as (typeof heard)[number])
      return json(200, {})
    })
    let ids = 0
    await using telling = await startKakao({
      port: 0,
      ...KEYS,
      now: () => Date.now(),
      newId: () => `r-${++ids}`,
      webhookUrl: ours.url,
    }).then(standIn => ({ ...standIn, [Symbol.asyncDispose]: standIn.stop }))
    const teller = client({ url: telling.url })
    const talk = await teller.send(aMessage)
    await teller.send({ ...aMessage, to: '01000000404' })
    await teller.send({ ...aMessage, to: '01000000404', disableSms: true })
    await until('all three are reported', () => heard.flat().length === 3)
    expect(heard.flat().map(({ type, statusCode }) => `${type} ${statusCode}`)).to.have.members(['ATA 4000', 'SMS 4000', 'ATA 3104'])
    const first = heard.flat().find(({ messageId }) => talk.kind === 'sent' && messageId === talk.messageId)
    expect(first).to.deep.include({ customFields: aMessage.customFields, statusCode: '4000' })
    expect(readReports([{ ...first, customFields: { orderId: 'o-1', status: 'placed' } }])).to.have.length(1)
    await ours.stop()
  })
})
