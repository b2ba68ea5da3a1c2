import { expect } from 'chai'
import type { MessageRecord } from '../../server/contract/messages.ts'
import { type GatewayHouse, openGateway } from './gateway-house.ts'

const PATH = '/webhooks/solapi'
const sent: MessageRecord = {
  orderId: 'o_1',
  about: 'placed',
  channel: 'alimtalk',
  to: 'customer/customer-1',
  at: '2026-11-22T03:00:00.000Z',
  status: 'sent',
  groupId: 'G4V1',
  messageId: 'M4V1',
}
const aReport = (changes: object = {}) => ({
  messageId: 'M4V1',
  groupId: 'G4V1',
  type: 'ATA',
  to: '01000000001',
  statusCode: '4000',
  statusMessage: '수신완료',
  customFields: { orderId: 'o_1', status: 'placed' },
  somethingNew: { deep: true },
  ...changes,
})

describe('delivery reports', () => {
  let house: GatewayHouse
  const report = (body: unknown) => house.call('POST', PATH, { body })
  const record = () => house.book.find(sent)

  beforeEach(async () => {
    house = await openGateway()
    await house.book.claim(sent, sent)
  })
  afterEach(() => house[Symbol.asyncDispose]())

  it('are written down beside the message that they are about, however often they come', async () => {
    for (let i = 0; i < 3; i++) expect((await report([aReport()])).status).to.equal(200)
    expect(await record()).to.deep.equal({
      ...sent,
      status: 'delivered',
      statusCode: '4000',
      via: 'ATA',
      reportedAt: new Date(house.clock.now()).toISOString(),
    })
    expect(await house.book.messagesOf('o_1')).to.have.length(1)
  })

  it('tell of an SMS in its place, and of a message that did not arrive', async () => {
    await report([aReport({ type: 'SMS' })])
    expect(await record()).to.include({ status: 'delivered', via: 'SMS' })
    await report(aReport({ statusCode: '3104' }))
    expect(await record()).to.include({ status: 'failed', statusCode: '3104' })
  })

  it('do not end a message before its end', async () => {
    await report([aReport({ statusCode: '2000' }), aReport({ statusCode: '3000' })])
    expect(await record()).to.deep.equal(sent)
  })

  it('are believed only of a message that we sent', async () => {
    for (const forged of [
      aReport({ messageId: 'M4V-guessed' }),
      aReport({ customFields: { orderId: 'o_2', status: 'placed' } }),
      aReport({ customFields: { orderId: 'o_1', status: 'cooked' } }),
      aReport({ customFields: { orderId: 'o_1.placed', status: '>' } }),
    ])
      expect((await report([forged])).status).to.equal(200)
    expect(await record()).to.deep.equal(sent)
    expect(await house.book.messagesOf('o_2')).to.deep.equal([])
  })

  it('may overtake the answer to the call that sent the message', async () => {
    const { messageId: _id, groupId: _group, ...claimed } = sent
    await house.book.note(sent, { ...claimed, status: 'sending' })
    const reporting = report([aReport()])
    await house.book.note(sent, sent)
    await reporting
    expect(await record()).to.include({ status: 'delivered' })
  })

  it('are answered with 200 whatever they are, for anything else would bring the same again', async () => {
    const groups = [{ groupId: 'G4V1', count: { total: 1, sentSuccess: 1 }, status: 'COMPLETE' }]
    for (const body of [groups, [], {}, null, 'text', [null, 1, 'x', aReport({ statusCode: 4000 })]])
      expect((await report(body)).status).to.equal(200)
    expect((await house.call('POST', PATH)).status).to.equal(200)
    expect((await house.call('POST', PATH, { raw: '{' })).status).to.equal(200)
    expect(
      (await house.call('POST', PATH, { raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status,
    ).to.equal(200)
    expect((await house.call('POST', PATH, { raw: JSON.stringify([aReport({ filler: 'x'.repeat(300_000) })]) })).status).to.equal(200)
    expect(await record()).to.deep.equal(sent)
    expect((await house.call('GET', PATH)).status).to.equal(405)
  })

  it('come by the hundred', async () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ ...sent, orderId: `o_m${i}`, messageId: `M${i}` }))
    for (const each of many) await house.book.claim(each, each)
    await report(many.map(({ orderId, messageId }) => aReport({ messageId, customFields: { orderId, status: 'placed' } })))
    for (const each of many) expect(await house.book.find(each)).to.include({ status: 'delivered' })
    const metrics = await (await fetch(`${house.url}/metrics`)).text()
    expect(metrics).to.match(/message_reports_total\{outcome="delivered"\} [3-9]\d\d/)
  })
})
