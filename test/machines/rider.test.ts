import { expect } from 'chai'
import fc from 'fast-check'
import { type Claimed, type RiderContext, riderMachine } from '../../machines/rider.ts'
import { type PlainEvent, type PlainState, start, step } from '../../machines/step.ts'

const at = (seconds: number): string => new Date(Date.UTC(2026, 4, 1, 9, 0, seconds)).toISOString()
const begun = start(riderMachine, { name: '고은찬', phone: '01000001001', stamp: { id: 'rider-1', at: at(0) } })
if (begun.kind === 'refused') throw new Error('a rider always begins')
const NEW = begun.state

const tell = (state: PlainState, event: PlainEvent, seconds = 1): PlainState | 'refused' => {
  const next = step(riderMachine, JSON.parse(JSON.stringify(state)) as PlainState, { ...event, stamp: { id: 'rider-1', at: at(seconds) } })
  return next.kind === 'moved' ? next.state : 'refused'
}
const told = (...events: readonly PlainEvent[]): PlainState =>
  events.reduce<PlainState>((state, event) => {
    const next = tell(state, event)
    if (next === 'refused') throw new Error(`${event.type} was refused`)
    return next
  }, NEW)
const day = ({ value, context }: PlainState) => {
  const { onDuty, carrying, taking } = context as unknown as RiderContext
  const ids = (known: readonly Claimed[]) => known.map(({ orderId }) => orderId)
  return { value, onDuty, carrying: ids(carrying), taking: ids(taking) }
}
const take = (orderId: string, limit = 1, claim = 1) => ({ type: 'take', orderId, limit, claim })
const giveUp = (orderId: string, claim = 1) => ({ type: 'giveUp', orderId, claim })
const took = (orderId: string, claim = 1) => ({ type: 'took', orderId, claim })
const letGo = (orderId: string, claim = 1) => ({ type: 'letGo', orderId, claim })

describe('a rider', () => {
  it('goes on and off duty, also on his way', () => {
    expect(day(told({ type: 'goOnline' }))).to.deep.include({ value: 'idle', onDuty: true })
    const away = told({ type: 'goOnline' }, take('o_1'), took('o_1'), { type: 'goOffline' })
    expect(day(away)).to.deep.equal({ value: 'delivering', onDuty: false, carrying: ['o_1'], taking: [] })
    const back = tell(away, letGo('o_1'))
    expect(back === 'refused' ? back : day(back).value).to.equal('offline')
  })

  it('has one delivery in hand at a time, what he is only asking for included', () => {
    const asking = told({ type: 'goOnline' }, take('o_1'))
    expect(day(asking)).to.deep.equal({ value: 'delivering', onDuty: true, carrying: [], taking: ['o_1'] })
    expect(tell(asking, take('o_2'))).to.equal('refused')
    expect(tell(told(take('o_1'), took('o_1')), take('o_2'))).to.equal('refused')
    expect(tell(told(take('o_1'), took('o_1')), take('o_1'))).to.not.equal('refused')
    expect(tell(told(take('o_1'), took('o_1')), take('o_2', 2))).to.not.equal('refused')
  })

  it('is free again when the order lets him go, or says nothing for half a minute', () => {
    expect(day(told({ type: 'goOnline' }, take('o_1'), took('o_1'), letGo('o_1')))).to.deep.include({ value: 'idle', carrying: [] })
    const asking = told({ type: 'goOnline' }, take('o_1'))
    expect(tell(asking, take('o_2'), 30)).to.equal('refused')
    const next = tell(asking, take('o_2'), 31)
    expect(next === 'refused' ? next : day(next).taking).to.deep.equal(['o_2'])
  })

  it('is free at once when the order says no', () => {
    const refused = told({ type: 'goOnline' }, take('o_1'), giveUp('o_1'))
    expect(day(refused)).to.deep.equal({ value: 'idle', onDuty: true, carrying: [], taking: [] })
    expect(day(told(take('o_1'), took('o_1'), take('o_1'), giveUp('o_1'))).carrying, 'what is his stays his').to.deep.equal(['o_1'])
  })

  it('leaves nothing behind of what was never answered, as soon as he says anything', () => {
    const asked = told({ type: 'goOnline' }, take('o_1'))
    const later = tell(asked, { type: 'goOffline' }, 31)
    expect(later === 'refused' ? later : day(later)).to.deep.equal({ value: 'offline', onDuty: false, carrying: [], taking: [] })
  })

  it('is not held by news that come the other way round, or twice', () => {
    const done = told({ type: 'goOnline' }, take('o_1'), letGo('o_1'))
    const free = { value: 'idle', onDuty: true, carrying: [], taking: [] }
    for (const late of [[took('o_1')], [letGo('o_1')], [took('o_1'), letGo('o_1'), took('o_1')]]) {
      const after = late.reduce<PlainState | 'refused'>((state, event) => (state === 'refused' ? state : tell(state, event)), done)
      expect(after === 'refused' ? after : day(after)).to.deep.equal(free)
    }
  })

  it('tells a second claim of an order from the first one, whenever the news of that one come', () => {
    const again = told({ type: 'goOnline' }, take('o_1'), took('o_1'), letGo('o_1'), take('o_1', 1, 2))
    for (const old of [took('o_1'), letGo('o_1'), giveUp('o_1')]) {
      const after = tell(again, old)
      expect(after === 'refused' ? after : day(after).taking, `${old.type} of the first`).to.deep.equal(['o_1'])
    }
    const his = told({ type: 'goOnline' }, letGo('o_1'), take('o_1', 1, 2), took('o_1', 2), letGo('o_1'), took('o_1'))
    expect(day(his)).to.deep.equal({ value: 'delivering', onDuty: true, carrying: ['o_1'], taking: [] })
  })

  it('is free in the end, in whatever order the news of three orders come', () => {
    const claim = fc.record({ orderId: fc.constantFrom('o_1', 'o_2', 'o_3'), claim: fc.integer({ min: 1, max: 3 }) })
    const news = fc.uniqueArray(claim, { selector: ({ orderId, claim }) => `${orderId} ${claim}`, minLength: 1 }).chain(claims =>
      fc.shuffledSubarray(
        claims.flatMap(({ orderId, claim }) => [took(orderId, claim), letGo(orderId, claim), took(orderId, claim)]),
        { minLength: 3 * claims.length },
      ),
    )
    fc.assert(
      fc.property(news, events => {
        const { carrying, taking } = day(told({ type: 'goOnline' }, ...events))
        expect([carrying, taking]).to.deep.equal([[], []])
      }),
    )
  })

  it('is reached at his newest five devices', () => {
    const subscription = (n: number) => ({ endpoint: `https://push.example/${n}`, keys: { p256dh: 'k', auth: 'a' } })
    const many = [1, 2, 3, 4, 5, 6, 2].map(n => ({ type: 'subscribePush', subscription: subscription(n) }))
    const { push } = told(...many, { type: 'unsubscribePush', endpoint: 'https://push.example/4' }).context as unknown as RiderContext
    expect(push?.map(({ endpoint }) => endpoint.slice(-1))).to.deep.equal(['3', '5', '6', '2'])
    expect(tell(NEW, { type: 'unsubscribePush', endpoint: 'https://push.example/9' })).to.equal('refused')
  })
})
