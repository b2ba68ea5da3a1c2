import { expect } from 'chai'
import fc from 'fast-check'
import {
  type CustomerContext,
  type CustomerEvent,
  customerMachineOf,
  DEFAULT_GRADES,
  GRADES,
  type GradeThresholds,
  gradeOf,
  nextGradeOf,
} from '../../machines/customer.ts'
import { type Effect, type PlainState, start, step } from '../../machines/step.ts'

const stamp = { id: 'customer-1', at: '2026-01-01T00:00:00.000Z', by: { role: 'system', id: 'order/o_1' }, commandId: 'c' }

/** A customer and all that he announced. */
class Regular {
  readonly announced: unknown[] = []
  #machine: ReturnType<typeof customerMachineOf>
  #state: PlainState

  constructor(thresholds: GradeThresholds = DEFAULT_GRADES) {
    this.#machine = customerMachineOf(thresholds)
    this.#state = this.#take(start(this.#machine, { type: 'register', name: '김하늘', phone: '01000000001', stamp }))
  }

  get context(): CustomerContext {
    return this.#state.context as unknown as CustomerContext
  }

  /** False: he refused it. */
  hears(event: CustomerEvent): boolean {
    const moved = step(this.#machine, this.#state, { ...event, stamp })
    if (moved.kind === 'refused') return false
    this.#state = this.#take(moved)
    return true
  }

  completes(...orderIds: readonly string[]): this {
    for (const orderId of orderIds) this.hears({ type: 'orderCompleted', orderId })
    return this
  }

  /** The house has changed its mind about what grades take; the customer's last state goes on. */
  under(thresholds: GradeThresholds): this {
    this.#machine = customerMachineOf(thresholds)
    return this
  }

  #take(moved: { readonly kind: string; readonly state?: PlainState; readonly effects?: readonly Effect[] }): PlainState {
    for (const effect of moved.effects ?? []) if (effect.kind === 'emit') this.announced.push(effect.event)
    return JSON.parse(JSON.stringify(moved.state)) as PlainState
  }
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => `o_${i}`)
/** Orders that were completed, each told once or more often, in any order. */
const told = fc
  .integer({ min: 0, max: 60 })
  .chain(count => fc.tuple(fc.constant(count), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: count, maxLength: count })))
  .chain(([count, times]) => {
    const all = ids(count).flatMap((id, i) => Array.from({ length: times[i] ?? 1 }, () => id))
    return fc.tuple(fc.constant(count), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }))
  })

describe('a customer', () => {
  it('rises by completed orders, and says so once at each grade', () => {
    const regular = new Regular({ SILVER: 2, GOLD: 3, VIP: 5 }).completes(...ids(6))
    expect(regular.context).to.include({ grade: 'VIP', completedOrders: 6 })
    expect(regular.announced).to.deep.equal([
      { type: 'grade', customerId: 'customer-1', grade: 'SILVER', completedOrders: 2 },
      { type: 'grade', customerId: 'customer-1', grade: 'GOLD', completedOrders: 3 },
      { type: 'grade', customerId: 'customer-1', grade: 'VIP', completedOrders: 5 },
    ])
  })

  it('may skip a grade that takes no more than another', () => {
    expect(new Regular({ SILVER: 1, GOLD: 1, VIP: 2 }).completes('o_1').context.grade).to.equal('GOLD')
  })

  it('refuses an order that is counted already', () => {
    const regular = new Regular().completes('o_1')
    expect(regular.hears({ type: 'orderCompleted', orderId: 'o_1' })).to.equal(false)
    expect(regular.context.completedOrders).to.equal(1)
  })

  it('comes to the same count, grade and announcements, however often and in whatever order it is told', () => {
    fc.assert(
      fc.property(told, ([count, orderIds]) => {
        const regular = new Regular().completes(...orderIds)
        const once = new Regular().completes(...ids(count))
        expect(regular.context.completedOrders).to.equal(count)
        expect(regular.context.grade).to.equal(gradeOf(count, DEFAULT_GRADES))
        expect(regular.announced).to.deep.equal(once.announced)
      }),
      { numRuns: 60 },
    )
  })

  it('never falls, whatever is told again and however the thresholds move', () => {
    const thresholds = fc
      .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 3 })
      .map(some => some.sort((a, b) => a - b))
      .map(([SILVER = 1, GOLD = 2, VIP = 3]) => ({ SILVER, GOLD, VIP }))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), thresholds), { maxLength: 60 }), story => {
        const regular = new Regular()
        let height = 0
        for (const [order, takes] of story) {
          regular.under(takes).completes(`o_${order}`)
          const now = GRADES.indexOf(regular.context.grade)
          expect(now).to.be.at.least(height)
          height = now
        }
        expect(regular.announced.length).to.be.at.most(GRADES.length - 1)
      }),
      { numRuns: 60 },
    )
  })

  it('remembers a bounded number of orders, the newest, and loses none of the count', () => {
    const regular = new Regular().completes(...ids(1_000))
    expect(regular.context).to.include({ completedOrders: 1_000, grade: 'VIP' })
    expect(regular.context.counted).to.have.length(64)
    expect(regular.context.counted.at(-1)).to.equal('o_999')
  })

  it('knows what comes next', () => {
    expect(nextGradeOf('BRONZE', DEFAULT_GRADES)).to.deep.equal({ grade: 'SILVER', orders: 5 })
    expect(nextGradeOf('GOLD', DEFAULT_GRADES)).to.deep.equal({ grade: 'VIP', orders: 50 })
    expect(nextGradeOf('VIP', DEFAULT_GRADES)).to.equal(undefined)
  })

  it('says whether he wants messages', () => {
    const regular = new Regular()
    expect(regular.context.messages).to.deep.equal({ kakao: true })
    expect(regular.hears({ type: 'setMessages', kakao: false })).to.equal(true)
    expect(regular.context.messages).to.deep.equal({ kakao: false })
  })
})
