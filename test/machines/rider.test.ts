import { expect } from 'chai'
import { type RiderContext, riderMachine } from '../../machines/rider.ts'
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
  return { value, onDuty, carrying, taking: taking.map(({ orderId }) => orderId) }
}
const take = (orderId: string, limit = 1) => ({ type: 'take', orderId, limit })
const took = (orderId: string) => ({ type: 'took', orderId })
const letGo = (orderId: string) => ({ type: 'letGo', orderId })

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

  it('is not held by news that come the other way round, or twice', () => {
    const done = told({ type: 'goOnline' }, take('o_1'), letGo('o_1'))
    expect(tell(done, took('o_1'))).to.equal('refused')
    const twice = tell(done, letGo('o_1'))
    expect(twice === 'refused' ? twice : day(twice)).to.deep.equal({ value: 'idle', onDuty: true, carrying: [], taking: [] })
  })

  it('is reached at his newest five devices', () => {
    const subscription = (n: number) => ({ endpoint: `https://push.example/${n}`, keys: { p256dh: 'k', auth: 'a' } })
    const many = [1, 2, 3, 4, 5, 6, 2].map(n => ({ type: 'subscribePush', subscription: subscription(n) }))
    const { push } = told(...many, { type: 'unsubscribePush', endpoint: 'https://push.example/4' }).context as unknown as RiderContext
    expect(push?.map(({ endpoint }) => endpoint.slice(-1))).to.deep.equal(['3', '5', '6', '2'])
    expect(tell(NEW, { type: 'unsubscribePush', endpoint: 'https://push.example/9' })).to.equal('refused')
  })
})
