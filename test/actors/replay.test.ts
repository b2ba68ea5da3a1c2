import { expect } from 'chai'
import { decide } from '../../actors/decide.ts'
import type { Command, Event } from '../../actors/envelope.ts'
import { customerKindOf, storeKind } from '../../actors/kinds/entities.ts'
import type { Kind } from '../../actors/kinds/kind.ts'
import { orderKind } from '../../actors/kinds/order.ts'
import type { Message, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { type Kept, pendingOf } from '../../actors/replay.ts'
import { DEFAULT_GRADES } from '../../machines/customer.ts'
import { PLACE } from '../db/order-place.ts'
import { NOON } from '../db/order-story.ts'

const APPROVED = { kind: 'approved', approvedAt: '2026-03-02T12:00:01.000Z' }

/** An actor that lives through the runtime's own decisions, and keeps all that they asked for. */
class Life {
  readonly kept: Kept[] = []
  readonly #kind: Kind
  readonly #id: string
  readonly #said: Message[] = []
  #nowMs = NOON

  constructor(kind: Kind, id: string) {
    this.#kind = kind
    this.#id = id
  }

  get #last(): ActorRecord | undefined {
    return this.kept.at(-1)?.body
  }

  hears(event: Event, more: Partial<Command> = {}): this {
    const last: Stored<ActorRecord> | undefined = this.#last && { subject: 's', seq: 1, at: this.#last.at, body: this.#last }
    const command: Command = {
      commandId: `c-${this.kept.length}`,
      address: { kind: this.#kind.name, id: this.#id },
      event,
      by: { role: 'rider', id: 'rider-1' },
      at: '',
      correlationId: `r-${this.kept.length}`,
      ...more,
    }
    this.#nowMs += 1_000
    const decision = decide(this.#kind, last, command, this.#nowMs)
    if (decision.kind !== 'commit') throw new Error(`${event.type}: ${JSON.stringify(decision)}`)
    this.kept.push({ subject: 's', body: JSON.parse(JSON.stringify(decision.entry.record)) as ActorRecord })
    this.#said.push(...decision.entry.messages)
    return this
  }

  /** The result of what it waits for by this name. */
  answered(name: string, output: unknown): this {
    const n = this.#last?.waits.invokes[name]?.n ?? ''
    const { name: kind } = this.#kind
    return this.hears(
      { type: `xstate.done.actor.${name}`, output },
      { commandId: `fx:${kind}/${this.#id}:${n}`, answers: { wait: 'invoke', id: name, n } },
    )
  }

  /** A timer falls due. */
  due(name: string, event: Event = { type: name }): this {
    const n = this.#last?.waits.timers[name]?.n ?? ''
    return this.hears(event, { commandId: `due:${this.#kind.name}/${this.#id}:${n}`, answers: { wait: 'timer', id: name, n } })
  }

  /** What was said in truth, and stands. */
  get stands(): readonly Message[] {
    const { invokes = {}, timers = {} } = this.#last?.waits ?? {}
    const awaited = [...Object.values(invokes), ...Object.values(timers)].map(({ n }) => n)
    const said = (message: Message): boolean =>
      (message.kind === 'timer' || (message.kind === 'fx' && !message.subject.startsWith('fx.tell.'))) &&
      awaited.includes((message.body as { readonly n: string }).n)
    const out = new Map(this.#said.filter(({ kind }) => kind === 'out').map(message => [message.subject, message]))
    return [...out.values(), ...this.#said.filter(said)]
  }

  get told(): readonly Message[] {
    return this.#said.filter(({ subject }) => subject.startsWith('fx.tell.'))
  }
}

const paid = (): Life => new Life(orderKind, 'o_1').hears(PLACE).answered('confirmPayment', APPROVED)
const cooked = (): Life =>
  paid().hears({ type: 'accept', prepMinutes: 10 }).hears({ type: 'startCooking' }).hears({ type: 'finishCooking' })

describe('what must be beside the records of an actor', () => {
  const lives: Readonly<Record<string, () => Life>> = {
    'an order that pays': () => new Life(orderKind, 'o_1').hears(PLACE),
    'an order that nobody pays': () => new Life(orderKind, 'o_1').hears({ ...PLACE, paymentKey: undefined }),
    'an order in the waiting room': () => new Life(orderKind, 'o_1').hears({ ...PLACE, waits: true }),
    'one that pays there later': () =>
      new Life(orderKind, 'o_1').hears({ ...PLACE, paymentKey: undefined }).hears({ type: 'pay', paymentKey: 'pk_2', waits: true }),
    'an order whose payment is looked up': () => new Life(orderKind, 'o_1').hears(PLACE).answered('confirmPayment', { kind: 'unknown' }),
    'a declined payment that will be looked up once more': () =>
      new Life(orderKind, 'o_1').hears(PLACE).answered('confirmPayment', { kind: 'declined', code: 'NO', message: '' }),
    'an order that calls its store': () => paid().due('xstate.after.alertEvery.order.alert.ringing'),
    'an order in the kitchen, with a timer of its own name': () =>
      paid().hears({ type: 'accept', prepMinutes: 10 }).hears({ type: 'startCooking' }),
    'an order on the board': cooked,
    'an order that a rider has claimed and given back': () => cooked().hears({ type: 'claim' }).hears({ type: 'release' }),
    'an order on its way': () => cooked().hears({ type: 'claim' }).hears({ type: 'pick' }),
    'an order that was delivered': () => cooked().hears({ type: 'pick' }).hears({ type: 'deliver' }),
    'a refund': () => paid().hears({ type: 'cancel', reason: 'changed my mind' }),
    'an order that has ended': () => cooked().hears({ type: 'pick' }).hears({ type: 'deliver' }).hears({ type: 'confirm' }),
    'a store that pauses': () =>
      new Life(storeKind, 'store-1').hears({ type: 'register', profile: { zone: 'Asia/Seoul' } }).hears({ type: 'pause', minutes: 10 }),
    'a customer': () =>
      new Life(customerKindOf(DEFAULT_GRADES), 'customer-1')
        .hears({ type: 'register', name: 'Kim', phone: '' })
        .hears({ type: 'setMessages', kakao: false }),
  }
  for (const [name, live] of Object.entries(lives))
    it(`is known from the records of ${name}`, () => {
      const life = live()
      const kind = name.startsWith('a store') ? storeKind : name === 'a customer' ? customerKindOf(DEFAULT_GRADES) : orderKind
      const { messages, told, lacking } = pendingOf(kind, life.kept)
      expect(messages).to.have.deep.members([...life.stands])
      expect(told.map(({ message }) => message)).to.deep.equal(life.told)
      expect(lacking).to.deep.equal([])
    })

  it('is known from the records that asked for it, and its newest', () => {
    const life = cooked().hears({ type: 'claim' })
    const [first, , accepted, cooking, , claimed] = life.kept
    const { messages, lacking } = pendingOf(
      orderKind,
      [first, accepted, cooking, claimed].filter(record => record !== undefined),
    )
    expect(messages).to.deep.equal([])
    expect(lacking).to.have.length(2) // the rider's window begins with a record that is not there, the claim's needs the one before
  })

  it('is said to be unknown where the machine decides otherwise today', () => {
    const life = paid()
    const altered = life.kept.map(({ subject, body }) => ({
      subject,
      body: { ...body, at: new Date(Date.parse(body.at) + 1).toISOString() },
    }))
    expect(pendingOf(orderKind, altered).lacking).to.have.members(Object.keys(life.kept.at(-1)?.body.waits.timers ?? {}))
  })
})
