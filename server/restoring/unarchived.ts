import { type Address, formatAddress, parseAddress } from '../../actors/address.ts'
import { listDeadLetters } from '../../actors/dead-letters.ts'
import type { Command } from '../../actors/envelope.ts'
import type { Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { MessageRecord } from '../contract/messages.ts'
import { newestOf, shownOnly } from '../db/archived-actors.ts'
import type { NativePool } from '../db/native-pool.ts'

/** An actor that is known to have come further than its archive. */
export interface Unarchived {
  readonly address: string
  /** 0: none of its records is archived. */
  readonly archived: number
  /** The version that it had, at least. */
  readonly had: number
  /** Who knows of it. */
  readonly by: string
}

type Mention = Pick<Unarchived, 'had' | 'by'>
const PAGE = 500

/**
 * What else speaks of actors and their versions: whatever was not lost with the log. An actor that nobody mentions is not missed here; the
 * payment provider's book is compared by the payment workers themselves once they run.
 */
export class Mentions {
  readonly #mentions = new Map<string, Mention>()

  /** What an actor was told by others, in its newest answers. */
  ofRecord({ id, machine, replies }: ActorRecord): void {
    for (const [commandId] of replies) {
      const [, address, version] = /^tell:([^:]+):(\d+)-\d+$/.exec(commandId) ?? []
      if (address) this.#note(address, { had: Number(version), by: `what it told ${machine.split('@')[0]}/${id}` })
    }
  }

  /** @returns how many commands wait */
  async ofInbox(log: Pick<Log, 'newest' | 'backlogs'>): Promise<number> {
    let waiting = 0
    for await (const { body } of log.newest<Command>('inbox.>')) {
      waiting++
      if (!['place', 'register'].includes(body.event.type))
        this.#note(formatAddress(body.address), { had: 1, by: 'a command in the inbox' })
    }
    return waiting
  }

  async ofLetters(log: Log): Promise<void> {
    for (const { id, address } of await listDeadLetters(log)) {
      const [, version] = /^(?:fx|due):[^:]+:(\d+)-\d+$/.exec(id) ?? []
      this.#note(address, { had: Number(version ?? 1), by: `the dead letter ${id}` })
    }
  }

  ofBook(messages: Iterable<MessageRecord>): void {
    for (const { orderId, about, version = 1 } of messages) this.#note(`order/${orderId}`, { had: version, by: `a message about ${about}` })
  }

  async ofReadModel(pool: Pick<NativePool, 'query'>): Promise<void> {
    for (const { id, version } of await shownOnly(pool)) this.#note(`order/${id}`, { had: version, by: 'the read model' })
  }

  /** All that had come further than it is archived, and than the log has it. */
  async beyond(pool: Pick<NativePool, 'query'>, log: Pick<Log, 'latest'>): Promise<Unarchived[]> {
    const found: Unarchived[] = []
    const addresses = [...this.#mentions.keys()].flatMap(name => addressOf(name) ?? [])
    for (const [kind, of] of Map.groupBy(addresses, address => address.kind)) {
      for (let i = 0; i < of.length; i += PAGE) {
        const ids = of.slice(i, i + PAGE).map(({ id }) => id)
        const archived = new Map((await newestOf(pool, kind, ids)).map(({ body }) => [body.id, body.version]))
        for (const id of ids) {
          const mention = this.#mentions.get(formatAddress({ kind, id }))
          const there = archived.get(id) ?? 0
          if (!mention || mention.had <= there) continue
          if (mention.had <= ((await log.latest({ kind, id }))?.body.version ?? 0)) continue
          found.push({ address: formatAddress({ kind, id }), archived: there, ...mention })
        }
      }
    }
    return found
  }

  #note(address: string, mention: Mention): void {
    if (mention.had > (this.#mentions.get(address)?.had ?? 0)) this.#mentions.set(address, mention)
  }
}

const addressOf = (name: string): Address | undefined => {
  try {
    return parseAddress(name)
  } catch {
    return undefined
  }
}
