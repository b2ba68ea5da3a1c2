import { decide } from '../../actors/decide.ts'
import type { Command, Event } from '../../actors/envelope.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import type { Log } from '../../actors/log.ts'
import type { HostSign } from '../../actors/membership.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { STREAMS } from '../../config/streams.ts'
import type { MessageRecord } from '../../server/contract/messages.ts'
import { type Restored, type RestoreOptions, restore } from '../../server/restoring/restoring.ts'
import { Town } from '../consumers/read-town.ts'
import { PLACE } from '../db/order-place.ts'
import { startNats, type TestNats } from '../harness/nats.ts'

const BY = { role: 'rider', id: 'rider-1' } as const
const APPROVED = { kind: 'approved', approvedAt: '2026-03-02T12:00:01.000Z' }

/** Has an actor hear something, and writes what comes of it as a host would. */
export const hear = async (log: Log, name: string, event: Event, more: Partial<Command> = {}): Promise<void> => {
  const [kind = '', id = ''] = name.split('/')
  const found = KINDS.find(each => each.name === kind)
  if (!found) throw new Error(`no kind ${kind}`)
  const address = { kind, id }
  const last = await log.latest(address)
  const command: Command = { commandId: `${event.type}:${last?.body.version ?? 0}`, address, event, by: BY, at: '', ...more }
  const decision = decide(found, last, command, Date.now())
  if (decision.kind !== 'commit') throw new Error(`${name} does not hear ${event.type}: ${JSON.stringify(decision)}`)
  const appended = await log.append([decision.entry])
  if (appended.kind !== 'appended') throw new Error(appended.kind)
}

export const placeOrder = (log: Log, id: string, changes: object = {}): Promise<void> =>
  hear(log, `order/${id}`, { ...PLACE, ...changes, type: 'place' })

/** The payment is approved. */
export const payOrder = async (log: Log, id: string): Promise<void> => {
  const n = (await log.latest({ kind: 'order', id }))?.body.waits.invokes.confirmPayment?.n ?? ''
  const answers = { wait: 'invoke', id: 'confirmPayment', n } as const
  await hear(
    log,
    `order/${id}`,
    { type: 'xstate.done.actor.confirmPayment', output: APPROVED },
    { commandId: `fx:order/${id}:${n}`, answers },
  )
}

/** Placed, paid and on the board. */
export const cookOrder = async (log: Log, id: string): Promise<void> => {
  await placeOrder(log, id)
  await payOrder(log, id)
  for (const event of [{ type: 'accept', prepMinutes: 10 }, { type: 'startCooking' }, { type: 'finishCooking' }])
    await hear(log, `order/${id}`, event)
}

/** A town whose log is lost: its archive is there, and a server with nothing on it. */
export class LostTown implements AsyncDisposable {
  readonly town: Town
  readonly server: TestNats
  readonly nats: Nats

  private constructor(town: Town, server: TestNats, nats: Nats) {
    this.town = town
    this.server = server
    this.nats = nats
  }

  /** @param live what happens in it before, all of which is archived */
  static async after(live: (log: Log) => Promise<void>): Promise<LostTown> {
    const town = await Town.open()
    try {
      await live(town.log)
      await town.project()
      await town.stopProjecting()
    } catch (error) {
      await town[Symbol.asyncDispose]()
      throw error
    }
    const server = await startNats()
    const nats = await connectNats({ url: server.url, name: 'test', streams: STREAMS })
    await nats.ensureStreams()
    return new LostTown(town, server, nats)
  }

  get log(): Log {
    return this.nats.log
  }

  async book(): Promise<ReturnType<typeof this.nats.bucket<MessageRecord>>> {
    return this.nats.bucket<MessageRecord>('messages', { ttlMs: 60_000, storage: 'memory' })
  }

  async restore(changes: Partial<RestoreOptions> = {}) {
    return restore({
      databaseUrl: this.town.model.databaseUrl,
      log: this.log,
      fullness: () => this.nats.log.fullness(),
      hosts: await this.nats.bucket<HostSign>('hosts', { ttlMs: 60_000, storage: 'memory' }),
      book: await this.book(),
      kinds: KINDS,
      mode: 'whole',
      now: Date.now,
      tell: () => undefined,
      signal: new AbortController().signal,
      ...changes,
    })
  }

  /** @throws Error when it was refused */
  async restored(changes: Partial<RestoreOptions> = {}): Promise<Restored> {
    const restored = await this.restore(changes)
    if (restored.kind !== 'restored') throw new Error(JSON.stringify(restored))
    return restored
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nats.close()
    await this.server[Symbol.asyncDispose]()
    await this.town[Symbol.asyncDispose]()
  }
}
