import webPush from 'web-push'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { runTimers } from '../../actors/timers.ts'
import { startAlerts } from '../../server/consumers/notifier-alerts.ts'
import { startOffers } from '../../server/consumers/notifier-offers.ts'
import { Pushes } from '../../server/consumers/notifier-pushes.ts'
import type { MessageRecord } from '../../server/contract/messages.ts'
import { MESSAGE_BOOK, MessageBook } from '../../server/message-book.ts'
import { WebPush } from '../../server/outside/web-push.ts'
import { Town } from '../gateway/pusher-town.ts'
import { PushService } from '../harness/push-service.ts'
import { Said } from './notifier-house.ts'

const VAPID = { ...webPush.generateVAPIDKeys(), subject: 'mailto:operations@example.com' }

/** A town with a notifier's pushes and a push service to which its browsers subscribe. */
export class PushTown implements AsyncDisposable {
  readonly said = new Said()
  readonly book = new MessageBook(new MemoryBucket<MessageRecord>(new HandClock(0), MESSAGE_BOOK.ttlMs))
  readonly town: Town
  readonly service: PushService
  readonly webPush: WebPush
  readonly pushes: Pushes
  readonly #running: { stop(): Promise<void> }[] = []

  private constructor(town: Town, service: PushService) {
    this.town = town
    this.service = service
    this.webPush = new WebPush({ vapid: VAPID, timeoutMs: 2_000, allowLoopback: true, now: Date.now })
    let ids = 0
    this.pushes = new Pushes({
      router: town.router,
      book: this.book,
      webPush: this.webPush,
      clock: town.clock,
      newId: () => `p-${++ids}`,
      logger: this.said.logger,
    })
  }

  static async open(): Promise<PushTown> {
    const made = new PushTown(await Town.open(), await PushService.open(() => VAPID.publicKey))
    const { log, router, clock } = made.town
    const timers = { log, router, now: () => clock.now(), random: () => 0.5, concurrency: 4, stream: 'ORDERS' }
    made.#running.push(await runTimers(timers))
    return made
  }

  async alerts(pushes: Pushes | undefined = this.pushes) {
    const { log } = this.town
    const started = await startAlerts({ log, logger: this.said.logger, ackWaitMs: 30_000, ...(pushes ? { pushes } : {}) })
    this.#running.push(started)
    return started
  }

  async offers() {
    const { log, asleep, clock } = this.town
    const started = await startOffers({ log, asleep, pushes: this.pushes, clock, ackWaitMs: 30_000 })
    this.#running.push(started)
    return started
  }

  /** A browser of this account subscribes. */
  async subscribe(address: string, name: string) {
    const subscription = this.service.subscribe(name)
    await this.town.tell(address, { type: 'subscribePush', subscription })
    return subscription
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#running) await each.stop()
    await this.webPush.close()
    await this.service[Symbol.asyncDispose]()
    await this.town[Symbol.asyncDispose]()
  }
}
