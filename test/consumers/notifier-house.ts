import { pino } from 'pino'
import type { Command } from '../../actors/envelope.ts'
import type { Log } from '../../actors/log.ts'
import { MemoryBucket } from '../../actors/memory/bucket.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { type NotifierOptions, startNotifier } from '../../server/consumers/notifier.ts'
import type { MessageRecord } from '../../server/contract/messages.ts'
import { MESSAGE_BOOK, MessageBook } from '../../server/message-book.ts'
import { Solapi } from '../../server/outside/solapi.ts'
import type { StandIn } from '../../server/outside/stand-ins/json-server.ts'
import { startKakao, type TakenMessage } from '../../server/outside/stand-ins/kakao.ts'
import { TEMPLATES } from './notifier-templates.ts'
import { OrderHouse } from './payments-house.ts'

export const KEYS = { apiKey: 'NCSTESTKEY', apiSecret: 'test-solapi-secret' }
const PHONE = '01000000001'

/** A message that the provider took, with what we sent along. */
export type Taken = TakenMessage & {
  readonly customFields: Readonly<Record<string, string>>
  readonly kakaoOptions: { readonly disableSms: boolean }
}

/** Every line that was logged, and the wait for one. */
export class Said {
  readonly lines: string[] = []
  #waiting: (() => void)[] = []
  readonly logger = pino(
    { level: 'debug' },
    {
      write: line => {
        this.lines.push(line)
        for (const wake of this.#waiting.splice(0)) wake()
      },
    },
  )

  async until(text: string, times = 1): Promise<void> {
    while (this.lines.filter(line => line.includes(text)).length < times) {
      await new Promise<void>(wake => this.#waiting.push(wake))
    }
  }
}

/** Orders at work, a notifier that can be started again and again, and the provider's stand-in. */
export class NotifierHouse implements AsyncDisposable {
  readonly said = new Said()
  readonly book = new MessageBook(new MemoryBucket<MessageRecord>(new HandClock(0), MESSAGE_BOOK.ttlMs))
  readonly orders: OrderHouse
  kakao: StandIn
  solapi: Solapi
  /** The notifier's clock is so much ahead: news is that much older than it is. */
  aheadMs = 0
  #ids = 0
  readonly #clients: Solapi[] = []

  private constructor(orders: OrderHouse, kakao: StandIn) {
    this.orders = orders
    this.kakao = kakao
    this.solapi = this.client()
  }

  static async open(): Promise<NotifierHouse> {
    let ids = 0
    const kakao = await startKakao({ port: 0, ...KEYS, now: () => Date.now(), newId: () => `id-${++ids}` })
    return new NotifierHouse(await OrderHouse.open(), kakao)
  }

  client(changes: Partial<ConstructorParameters<typeof Solapi>[0]> = {}): Solapi {
    const newSalt = () => `salt-of-12-or-more-${++this.#ids}`
    const made = new Solapi({ url: this.kakao.url, ...KEYS, timeoutMs: 5_000, now: () => Date.now(), newSalt, ...changes })
    this.#clients.push(made)
    return made
  }

  notify(changes: Partial<NotifierOptions> = {}) {
    return this.orders.run(
      startNotifier({
        log: this.orders.log as Log,
        router: this.orders.router,
        book: this.book,
        solapi: this.solapi,
        clock: {
          now: () => Date.now() + this.aheadMs,
          after: (ms, call) => {
            const timer = setTimeout(call, ms)
            return { cancel: () => clearTimeout(timer) }
          },
        },
        random: () => 0.5,
        newId: () => `n-${++this.#ids}`,
        logger: this.said.logger,
        from: '0212345678',
        pfId: 'KA01PF1',
        templates: TEMPLATES,
        ratePerS: 1_000,
        limits: { noSmsLagMs: 60_000, newestOnlyLagMs: 300_000, slowMs: 2_000, worseMs: 60_000, resumeMs: 30_000 },
        ...changes,
      }),
    )
  }

  async taken(): Promise<Taken[]> {
    const response = await fetch(`${this.kakao.url}/stand-in/messages?to=${PHONE}`)
    return ((await response.json()) as { messages: Taken[] }).messages
  }

  /** The statuses told of, in the order in which the provider took them. */
  async told(): Promise<(string | undefined)[]> {
    return (await this.taken()).map(({ customFields }) => customFields.status)
  }

  async faults(body: object): Promise<void> {
    await fetch(`${this.kakao.url}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(body) })
  }

  async placed(id: string, changes = {}): Promise<void> {
    await this.orders.place(id, changes)
    await this.answer(id, { kind: 'approved', approvedAt: new Date().toISOString() })
  }

  async declined(id: string): Promise<void> {
    await this.orders.place(id)
    await this.answer(id, { kind: 'declined', code: 'REJECT_CARD_COMPANY', message: '카드사 거절' })
  }

  /** The payment worker has found something out. */
  async answer(id: string, output: object, invoke = 'confirmPayment'): Promise<void> {
    const address = { kind: 'order', id }
    const n = (await this.orders.log.latest(address))?.body.waits.invokes[invoke]?.n ?? ''
    const event = { type: `xstate.done.actor.${invoke}`, output }
    await this.ask({ commandId: `fx:order/${id}:${n}`, address, event, answers: { wait: 'invoke', id: invoke, n } })
  }

  ask(command: Omit<Command, 'by' | 'at'>) {
    return this.orders.router.ask({ by: { role: 'system', id: 'test' }, at: new Date().toISOString(), ...command })
  }

  async delivered(id: string): Promise<void> {
    await this.orders.tell(id, { type: 'accept', prepMinutes: 25 }, 'store')
    await this.orders.tell(id, { type: 'startCooking' }, 'store')
    await this.orders.tell(id, { type: 'finishCooking' }, 'store')
    await this.orders.tell(id, { type: 'pick', riderName: '박라이더' }, 'rider')
    await this.orders.tell(id, { type: 'deliver' }, 'rider')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.orders[Symbol.asyncDispose]()
    await Promise.all([...this.#clients.map(client => client.close()), this.kakao.stop()])
  }
}
