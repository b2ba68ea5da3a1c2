import { expect } from 'chai'
import { check } from '../../bench/chaos/check.ts'
import type { Asked, Evidence, Logged, Payment } from '../../bench/chaos/evidence.ts'
import { cleanEvidence } from './evidence.ts'

type Plant = (evidence: Evidence) => Evidence

const rulesBroken = (evidence: Evidence): string[] => [...new Set(check(evidence).map(({ rule }) => rule))]

const inLog =
  (orderId: string, version: number, change: (record: Logged) => readonly Logged[]): Plant =>
  evidence => ({
    ...evidence,
    log: evidence.log.flatMap(record => (record.orderId === orderId && record.version === version ? change(record) : [record])),
  })
const inAsked =
  (commandId: string, change: (asked: Asked) => Asked): Plant =>
  evidence => ({ ...evidence, asked: evidence.asked.map(asked => (asked.commandId === commandId ? change(asked) : asked)) })
const inBook =
  (orderId: string, change: (payments: readonly Payment[]) => readonly Payment[]): Plant =>
  evidence => ({ ...evidence, ledger: new Map([...evidence.ledger, [orderId, change(evidence.ledger.get(orderId) ?? [])]]) })
const moved = (record: Logged, regions: Partial<Logged['state']['value']>): Logged => ({
  ...record,
  state: { ...record.state, value: { ...record.state.value, ...regions } },
})
const ridden = (orderId: string, version: number, order: 'cooked' | 'picked'): Plant =>
  inLog(orderId, version, record => {
    const { state } = moved(record, { order })
    return [{ ...record, state: { ...state, context: { ...state.context, rider: { id: 'rider-1' } } } }]
  })
const each = (payments: readonly Payment[], change: Partial<Payment>): Payment[] => payments.map(payment => ({ ...payment, ...change }))

/** What is planted, and the rule that must speak up. */
const PLANTED: readonly (readonly [what: string, rule: string, plant: Plant])[] = [
  ['a record is lost in the middle', 'versions are contiguous', inLog('o_1', 4, () => [])],
  ['an acknowledged record is lost', 'an acknowledged command is in the log once', inLog('o_1', 8, () => [])],
  ['a version is written twice', 'versions are contiguous', inLog('o_1', 4, record => [record, { ...record, commandId: 'other' }])],
  ['a command acts twice', 'a command acts once', inLog('o_1', 8, record => [record, { ...record, version: 9 }])],
  [
    'a command of which nobody knows acts twice',
    'a command acts once',
    inLog('o_1', 2, record => [record, { ...record, commandId: 'accept:a' }]),
  ],
  ['an order skips the cooking', 'the machine allows the path', inLog('o_1', 4, record => [moved(record, { order: 'cooked' })])],
  ['an order comes back from its end', 'the machine allows the path', inLog('o_2', 4, record => [moved(record, { order: 'placed' })])],
  ['an order begins in the middle', 'the machine allows the path', inLog('o_3', 1, record => [moved(record, { order: 'placed' })])],
  [
    'a payment is canceled before it was approved',
    'the machine allows the path',
    inLog('o_2', 2, r => [moved(r, { payment: 'canceled' })]),
  ],
  [
    'a payment is canceled before its refund is done',
    'the machine allows the path',
    inLog('o_2', 3, r => [moved(r, { payment: 'canceled' })]),
  ],
  ['a record moves nothing', 'the machine allows the path', inLog('o_1', 5, record => [moved(record, { order: 'cooking' })])],
  ['a rider has two orders in hand', 'a rider has one delivery in hand', e => ridden('o_2', 4, 'cooked')(ridden('o_1', 6, 'picked')(e))],
  ['an order never ends', 'every order ends', inLog('o_1', 8, () => [])],
  ['a refund never ends', 'every order ends', inLog('o_2', 4, () => [])],
  ['an acknowledged order is not there', 'no acknowledged order is missing', e => ({ ...e, log: e.log.filter(r => r.orderId !== 'o_1') })],
  [
    'an answer tells another state',
    'an answer tells what the log has',
    inAsked('accept:a', a => ({ ...a, answer: { kind: 'moved', version: 3, status: 'cooking' } })),
  ],
  [
    'an answer tells a version that never was',
    'an answer tells what the log has',
    inAsked('confirm:a', a => ({ ...a, answer: { kind: 'moved', version: 9, status: 'confirmed' } })),
  ],
  [
    'a refused command acts',
    'what was refused was not done',
    inAsked('accept:a', a => ({ ...a, answer: { kind: 'refused', code: 'ORDER_REFUSED' } })),
  ],
  [
    'a command is refused though the order was ready for it',
    'nobody is refused without a reason',
    inAsked('accept:a', a => ({
      ...a,
      commandId: 'accept:again',
      askedAt: a.askedAt - 500,
      answeredAt: a.askedAt - 400,
      answer: { kind: 'refused', code: 'ORDER_REFUSED' },
    })),
  ],
  [
    'an order that is there is told to be missing',
    'nobody is refused without a reason',
    inAsked('cancel:b', a => ({ ...a, commandId: 'cancel:c', answer: { kind: 'refused', code: 'ORDER_NOT_FOUND' } })),
  ],
  [
    'somebody is refused for a reason of no order',
    'nobody is refused without a reason',
    inAsked('confirm:a', a => ({ ...a, commandId: 'confirm:b', answer: { kind: 'refused', code: 'IDEMPOTENCY_KEY_REUSED' } })),
  ],
  ['money is taken twice', 'a paid order is charged once', inBook('o_1', payments => [...payments, ...payments])],
  ['money moves twice in one payment', 'a paid order is charged once', inBook('o_1', payments => each(payments, { confirms: 2 }))],
  ['a paid order was never charged', 'a paid order is charged once', inBook('o_1', () => [])],
  ['a declined order is charged', 'an unpaid order is not charged', inBook('o_3', payments => each(payments, { confirms: 1 }))],
  ['another amount is charged', 'the charge is the total of the order', inBook('o_1', payments => each(payments, { amount: 1 }))],
  [
    'money is given back twice',
    'a refunded order is given back once',
    inBook('o_2', payments => payments.map(payment => ({ ...payment, cancels: [...payment.cancels, ...payment.cancels] }))),
  ],
  ['money is not given back', 'a refunded order is given back once', inBook('o_2', payments => each(payments, { cancels: [] }))],
  ['part of it is given back', 'a refund is whole', inBook('o_2', payments => each(payments, { balanceAmount: 1 }))],
  ['a delivered order is given back', 'nothing is given back unasked', inBook('o_1', p => each(p, { cancels: [{ cancelAmount: 1 }] }))],
  [
    'a canceled order keeps the money',
    'a paid order ends delivered or refunded',
    e => inLog('o_2', 3, record => [moved(record, { refund: 'none' })])(inLog('o_2', 4, () => [])(e)),
  ],
  ['the read model lacks an order', 'the read model equals the log', e => ({ ...e, rows: e.rows.slice(1) })],
  ['the read model is behind', 'the read model equals the log', e => ({ ...e, rows: e.rows.map(row => ({ ...row, version: 1 })) })],
  [
    'the read model has another state',
    'the read model equals the log',
    e => ({ ...e, rows: e.rows.map(row => ({ ...row, state: { value: {}, context: {} } })) }),
  ],
  [
    'the read model has an order of its own',
    'the read model equals the log',
    e => ({ ...e, rows: [...e.rows, ...e.rows.slice(0, 1).map(row => ({ ...row, orderId: 'o_9' }))] }),
  ],
  ['the timeline has a gap', 'the timeline equals the log', e => ({ ...e, lines: e.lines.filter(({ version }) => version !== 2) })],
  [
    'the timeline tells another story',
    'the timeline equals the log',
    e => ({ ...e, lines: e.lines.map(l => ({ ...l, status: 'placed' })) }),
  ],
  [
    'a client shows the past',
    'a client shows the truth in the end',
    e => ({ ...e, shown: e.shown.map(shown => ({ ...shown, version: shown.version - 1 })) }),
  ],
  [
    'a client shows an order that is not there',
    'a client shows the truth in the end',
    e => ({ ...e, shown: e.shown.map(shown => ({ ...shown, orderId: 'o_9' })) }),
  ],
  [
    'a client is told the past as news',
    'no client is told the past as news',
    e => ({ ...e, backwards: [{ client: 'store-1', orderId: 'o_1', from: 5, to: 4 }] }),
  ],
  ['a client stays away', 'every client comes back', e => ({ ...e, away: ['rider-1'] })],
]

describe('the checker of the chaos run', () => {
  it('finds nothing wrong with a clean history', () => {
    expect(check(cleanEvidence())).to.deep.equal([])
  })

  it('takes it that a command without an answer acted, or did not', () => {
    const lost = { kind: 'unknown', code: 'TimeoutError' } as const
    const acted = inAsked('confirm:a', asked => ({ ...asked, answer: lost }))(cleanEvidence())
    expect(check(acted)).to.deep.equal([])
    const didNot = inAsked('confirm:a', asked => ({ ...asked, commandId: 'confirm:b', answer: lost }))(cleanEvidence())
    expect(check(didNot)).to.deep.equal([])
  })

  it('takes it that a rider hears no more of an order that he has lost, and of none that he has', () => {
    const clean = cleanEvidence()
    const [first] = clean.shown
    if (!first) throw new Error('nothing is shown')
    const lost = { ...first, client: 'rider-1', version: 5, status: 'cooked' }
    expect(check({ ...clean, shown: [lost] })).to.deep.equal([])
    expect(rulesBroken({ ...clean, shown: [{ ...lost, rider: 'rider-1' }] })).to.deep.equal(['a client shows the truth in the end'])
    expect(rulesBroken({ ...clean, shown: [{ ...lost, client: 'store-1' }] })).to.deep.equal(['a client shows the truth in the end'])
    const his = ridden('o_1', 8, 'picked')({ ...clean, shown: [lost] })
    expect(rulesBroken(his)).to.include('a client shows the truth in the end')
  })

  it('takes it that of two sent at once the first came too early', () => {
    const clean = cleanEvidence()
    const early = clean.asked
      .filter(({ commandId }) => commandId === 'cancel:b')
      .map(asked => ({ ...asked, askedAt: 0, answeredAt: 1, answer: { kind: 'refused', code: 'ORDER_NOT_FOUND' } as const }))
    expect(early).to.have.length(1)
    expect(check({ ...clean, asked: [...clean.asked, ...early] })).to.deep.equal([])
    expect(rulesBroken({ ...clean, asked: early })).to.deep.equal(['what was refused was not done'])
  })

  it('takes it that a rider is refused while another one’s claim is held, and not while it is his own', () => {
    const early = { kind: 'refused', code: 'ALREADY_PICKED' } as const
    const askedBy = (by: string): Evidence => {
      const clean = ridden('o_1', 5, 'cooked')(cleanEvidence())
      const [pick] = clean.asked.filter(({ commandId }) => commandId === 'pick:a')
      if (!pick) throw new Error('nobody picks')
      const asked = { ...pick, commandId: 'pick:early', by, askedAt: pick.askedAt - 500, answeredAt: pick.answeredAt - 500, answer: early }
      return { ...clean, asked: [...clean.asked, asked] }
    }
    expect(rulesBroken(askedBy('rider-2'))).to.not.include('nobody is refused without a reason')
    expect(rulesBroken(askedBy('rider-1'))).to.include('nobody is refused without a reason')
  })

  it('takes it that a rider has one order after the other', () => {
    const clean = ridden('o_1', 6, 'picked')(cleanEvidence())
    const next = clean.log.filter(({ orderId }) => orderId === 'o_1').map(record => ({ ...record, seq: record.seq + 100, orderId: 'o_9' }))
    expect(rulesBroken({ ...clean, log: [...clean.log, ...next] })).to.not.include('a rider has one delivery in hand')
  })

  it('takes it that who comes too late is refused', () => {
    const late = inAsked('accept:a', asked => ({
      ...asked,
      commandId: 'accept:late',
      answer: { kind: 'refused', code: 'ORDER_REFUSED' },
    }))(cleanEvidence())
    expect(check(late)).to.deep.equal([])
  })

  for (const [what, rule, plant] of PLANTED) {
    it(`finds out when ${what}`, () => {
      expect(rulesBroken(plant(cleanEvidence()))).to.include(rule)
    })
  }

  it('names the order, the rule and the evidence', () => {
    const [found, ...more] = check({ ...cleanEvidence(), rows: cleanEvidence().rows.filter(({ orderId }) => orderId !== 'o_1') })
    expect(more).to.deep.equal([])
    expect(found).to.deep.equal({
      orderId: 'o_1',
      rule: 'the read model equals the log',
      evidence: 'it has null, the log {"version":8,"status":"confirmed","payment":"approved","refund":"none"}',
    })
  })
})
