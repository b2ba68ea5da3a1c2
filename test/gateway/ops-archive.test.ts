import { expect } from 'chai'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { STREAMS } from '../../config/streams.ts'
import type { MessageRecord } from '../../server/contract/messages.ts'
import { Ops } from '../../server/gateway/ops.ts'
import { MESSAGE_BOOK, MessageBook } from '../../server/message-book.ts'
import { by, PAID, story } from '../db/order-story.ts'
import { ReadModel } from '../db/read-model.ts'

const OPS = { role: 'ops', id: 'ops-1' } as const
const KITCHEN = by('store', 'store-1')

describe('the story of an order that the log has let go of', () => {
  it('is told from the archive, whole, and from the log what is still there', async () => {
    await using model = await ReadModel.open('story')
    const clock = new HandClock(0)
    const log = new MemoryLog({ clock, streams: STREAMS })
    const messages = new MessageBook(new MemoryBucket<MessageRecord>(clock, MESSAGE_BOOK.ttlMs))
    const ops = new Ops({ log, reads: model.read, archive: model.read, messages, now: () => 0, logger: { warn: () => {} } })
    const records = story({
      id: 'o_1',
      events: [PAID, { type: 'accept', prepMinutes: 20, ...KITCHEN }, { type: 'startCooking', ...KITCHEN }],
    })
    await model.take(...records)
    const versions = async () => {
      const { source, entries } = await ops.timeline(OPS, 'o_1')
      return [source, ...entries.flatMap(entry => (entry.kind === 'record' ? [`${entry.version} ${entry.event} ${entry.cause.kind}`] : []))]
    }
    const whole = ['1 place request', '2 confirmPayment.done request', '3 accept request', '4 startCooking request']
    expect(await versions()).to.deep.equal(['archive', ...whole])
    expect((await ops.timeline(OPS, 'o_1')).order).to.include({ status: 'cooking', version: 4 })

    // The log keeps an order's newest records longest.
    const last = records.at(-1)
    if (!last) throw new Error('no record')
    const entry = {
      stream: 'ORDERS',
      address: { kind: 'order', id: 'o_1' },
      subject: 'evt.order.1.o_1.store-1.customer-1',
      expectedSeq: 0,
      messages: [],
    }
    expect(await log.append([{ ...entry, record: last }])).to.include({ kind: 'appended' })
    expect(await versions()).to.deep.equal(['archive', ...whole])
  })

  it('is not there when nobody has it, and not to be had while the archive is away', async () => {
    const log = new MemoryLog({ clock: new HandClock(0), streams: STREAMS })
    const messages = { messagesOf: async () => [] }
    const reads = { searchOrders: () => Promise.reject(new Error('down')) }
    const asked = (recordsOf: () => Promise<[]>) =>
      new Ops({ log, reads, archive: { recordsOf }, messages, now: () => 0, logger: { warn: () => {} } })
        .timeline(OPS, 'o_1')
        .catch((error: { readonly code: string }) => error.code)
    expect(await asked(async () => [])).to.equal('ORDER_NOT_FOUND')
    expect(await asked(() => Promise.reject(new Error('down')))).to.equal('READ_MODEL_UNAVAILABLE')
  })
})
