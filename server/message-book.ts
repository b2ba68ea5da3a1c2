import type { Bucket } from '../actors/bucket.ts'
import type { Channel, MessageRecord } from './contract/messages.ts'

/** What the bucket of this name keeps: durable, and longer than the log keeps orders (3 days), or a redelivery could tell twice. */
export const MESSAGE_BOOK = { name: 'messages', ttlMs: 4 * 86_400_000, storage: 'file' } as const

/** Names a message: at most one of it is ever sent. */
export interface MessageName {
  readonly orderId: string
  readonly about: string
  readonly channel: Channel
  /** Tells several receivers of the same message apart: a token. */
  readonly receiver?: string
}

/** An order's keys begin with its id, so that they are found together. */
export const keyOf = ({ orderId, about, channel, receiver }: MessageName): string =>
  [orderId, about, channel, ...(receiver === undefined ? [] : [receiver])].join('.')

/**
 * The book of all messages about orders: who was told what, when, and how it ended.
 * B1. A message is claimed before it is sent, and only one claim of a name succeeds while the book remembers.
 */
export class MessageBook {
  readonly #bucket: Bucket<MessageRecord>

  constructor(bucket: Bucket<MessageRecord>) {
    this.#bucket = bucket
  }

  /** @returns false when somebody has it already: then nothing is to be sent. B1 */
  claim(name: MessageName, record: MessageRecord): Promise<boolean> {
    return this.#bucket.create(keyOf(name), record)
  }

  /** A read is cheaper than a lost claim. */
  async isClaimed(name: MessageName): Promise<boolean> {
    return (await this.find(name)) !== undefined
  }

  find(name: MessageName): Promise<MessageRecord | undefined> {
    return this.#bucket.get(keyOf(name))
  }

  /** Writes down how it ended. */
  note(name: MessageName, record: MessageRecord): Promise<void> {
    return this.#bucket.put(keyOf(name), record)
  }

  /** Gives a claim back: the message was surely not sent and may be later. */
  release(name: MessageName): Promise<void> {
    return this.#bucket.delete(keyOf(name))
  }

  /** Everything that was sent about an order in the last four days, oldest first. */
  async messagesOf(orderId: string): Promise<MessageRecord[]> {
    const found = await this.#bucket.find(`${orderId}.>`)
    return [...found.values()].sort((a, b) => a.at.localeCompare(b.at))
  }
}
