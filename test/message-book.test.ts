import { expect } from 'chai'
import { MemoryBucket } from '../actors/memory/bucket.ts'
import { HandClock } from '../actors/memory/clock.ts'
import type { MessageRecord } from '../server/contract/messages.ts'
import { keyOf, MESSAGE_BOOK, MessageBook } from '../server/message-book.ts'

const aMessage = (changes: Partial<MessageRecord> = {}): MessageRecord => ({
  orderId: 'o-1',
  about: 'placed',
  channel: 'alimtalk',
  to: 'customer/c-1',
  at: '2026-05-01T09:00:00.000Z',
  status: 'sending',
  ...changes,
})

describe('the book of messages', () => {
  const open = () => {
    const clock = new HandClock(0)
    return { clock, book: new MessageBook(new MemoryBucket<MessageRecord>(clock, MESSAGE_BOOK.ttlMs)) }
  }

  it('lets one claim of a message succeed, and another when it was given back', async () => {
    const { book } = open()
    expect(await book.claim(aMessage(), aMessage())).to.equal(true)
    expect(await book.claim(aMessage(), aMessage())).to.equal(false)
    expect(await book.claim(aMessage({ channel: 'webPush' }), aMessage({ channel: 'webPush' }))).to.equal(true)
    await book.release(aMessage())
    expect(await book.claim(aMessage(), aMessage())).to.equal(true)
  })

  it('tells everything about one order, oldest first, and nothing of an order whose id begins alike', async () => {
    const { book } = open()
    const later = aMessage({ about: 'cooked', at: '2026-05-01T09:20:00.000Z' })
    for (const each of [later, aMessage(), aMessage({ orderId: 'o-10' })]) await book.claim(each, each)
    await book.note(later, { ...later, status: 'sent', messageId: 'M1' })
    expect(await book.messagesOf('o-1')).to.deep.equal([aMessage(), { ...later, status: 'sent', messageId: 'M1' }])
    expect(await book.messagesOf('o-2')).to.deep.equal([])
  })

  it('remembers longer than the log keeps an order', async () => {
    const { book, clock } = open()
    await book.claim(aMessage(), aMessage())
    clock.advance(3 * 86_400_000)
    expect(await book.claim(aMessage(), aMessage())).to.equal(false)
  })

  it('names a message by its order first, and tells receivers apart', () => {
    expect(keyOf({ orderId: 'o-1', about: 'placed', channel: 'alimtalk' })).to.equal('o-1.placed.alimtalk')
    expect(keyOf({ orderId: 'o-1', about: 'offer', channel: 'webPush', receiver: 'r-1' })).to.equal('o-1.offer.webPush.r-1')
  })
})
