import { expect } from 'chai'
import { menuMachine } from '../../machines/menu.ts'
import type { MenuItem } from '../../machines/price.ts'
import { type PlainState, type Step, start, step } from '../../machines/step.ts'
import { storeMachine } from '../../machines/store.ts'

const stamp = (minute: number) => ({ id: 'store-1', at: `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z` })
const moved = (made: Step) => {
  if (made.kind !== 'moved') throw new Error('refused')
  return made
}
const timers = (made: Step) => moved(made).effects.flatMap(effect => (effect.kind === 'timer' ? [effect.delayMs / 60_000] : []))
const cancels = (made: Step) => moved(made).effects.filter(({ kind }) => kind === 'cancel').length

describe('a store', () => {
  const profile = { name: '역삼통닭', intakeCap: 5 }
  const opened = moved(start(storeMachine, { profile, stamp: stamp(0) })).state
  const send = (state: PlainState, event: { type: string; [key: string]: unknown }) => step(storeMachine, state, event)

  it('is open from the beginning, and refuses to be what it is', () => {
    expect(opened.value).to.equal('open')
    expect(send(opened, { type: 'open', stamp: stamp(1) }).kind).to.equal('refused')
    const closed = moved(send(opened, { type: 'close', stamp: stamp(1) })).state
    expect(send(closed, { type: 'close', stamp: stamp(2) }).kind).to.equal('refused')
    expect(moved(send(closed, { type: 'open', stamp: stamp(2) })).state.value).to.equal('open')
  })

  it('pauses for so many minutes and sets a timer to open again', () => {
    const paused = send(opened, { type: 'pause', minutes: 30, stamp: stamp(5) })
    expect(moved(paused).state).to.deep.include({ value: 'paused' })
    expect(moved(paused).state.context.pausedUntil).to.equal('2026-11-22T03:35:00.000Z')
    expect(timers(paused)).to.deep.equal([30])
  })

  it('begins a pause anew when told so, and the timer of the old one is given up', () => {
    const paused = moved(send(opened, { type: 'pause', minutes: 30, stamp: stamp(5) })).state
    const again = send(paused, { type: 'pause', minutes: 10, stamp: stamp(10) })
    expect(moved(again).state.context.pausedUntil).to.equal('2026-11-22T03:20:00.000Z')
    expect([timers(again), cancels(again)]).to.deep.equal([[10], 1])
  })

  it('keeps its pause and its timer through a change of its profile', () => {
    const paused = moved(send(opened, { type: 'pause', minutes: 30, stamp: stamp(5) })).state
    const changed = send(paused, { type: 'update', intakeCap: null, phone: '0200000001', stamp: stamp(6) })
    expect(moved(changed).state).to.deep.include({ value: 'paused' })
    expect(moved(changed).state.context).to.deep.include({ name: '역삼통닭', intakeCap: null, phone: '0200000001', id: 'store-1' })
    expect(moved(changed).state.context).not.to.have.property('stamp')
    expect([timers(changed), cancels(changed)]).to.deep.equal([[], 0])
  })

  it('ends a pause early by a word, open or closed, and a closed one may say when it comes back', () => {
    const paused = moved(send(opened, { type: 'pause', minutes: 30, stamp: stamp(5) })).state
    for (const [type, value] of [
      ['open', 'open'],
      ['close', 'closed'],
    ] as const) {
      const ended = send(paused, { type, stamp: stamp(6) })
      expect([moved(ended).state.value, cancels(ended)]).to.deep.equal([value, 1])
    }
    const closed = moved(send(opened, { type: 'close', stamp: stamp(1) })).state
    expect(timers(send(closed, { type: 'pause', minutes: 720, stamp: stamp(2) }))).to.deep.equal([720])
  })
})

describe('a menu', () => {
  const dish = (id: string): MenuItem => ({
    id,
    name: id,
    price: 9_000,
    soldOut: false,
    options: [{ id: 'size', name: 'size', min: 1, max: 1, choices: ['small', 'large'].map(name => ({ id: name, name, price: 0 })) }],
  })
  const published = moved(start(menuMachine, { items: [dish('m-1'), dish('m-2')], stamp: stamp(0) })).state
  const soldOut = (state: PlainState): string[] =>
    (state.context.items as MenuItem[]).flatMap(item => [
      ...(item.soldOut ? [item.id] : []),
      ...item.options.flatMap(({ choices }) => choices.flatMap(choice => (choice.soldOut === true ? [`${item.id}/${choice.id}`] : []))),
    ])
  const mark = (state: PlainState, event: object) => step(menuMachine, state, { type: 'setSoldOut', soldOut: true, ...event })

  it('marks a dish or a choice of one dish sold out, and back', () => {
    const one = moved(mark(published, { menuId: 'm-2' })).state
    const two = moved(mark(one, { menuId: 'm-1', choiceId: 'large' })).state
    expect(soldOut(two)).to.deep.equal(['m-1/large', 'm-2'])
    const back = moved(mark(two, { menuId: 'm-1', choiceId: 'large', soldOut: false })).state
    expect(soldOut(moved(mark(back, { menuId: 'm-2', soldOut: false })).state)).to.deep.equal([])
  })

  it('refuses to mark what is not on it', () => {
    for (const event of [{ menuId: 'm-3' }, { menuId: 'm-1', choiceId: 'huge' }, { menuId: 'm-3', choiceId: 'large' }])
      expect(mark(published, event).kind).to.equal('refused')
  })

  it('is replaced whole by the next one', () => {
    const sold = moved(mark(published, { menuId: 'm-1' })).state
    const next = moved(step(menuMachine, sold, { type: 'publish', items: [dish('m-9')] })).state
    expect((next.context.items as MenuItem[]).map(({ id }) => id)).to.deep.equal(['m-9'])
    expect(next.context.id).to.equal('store-1')
  })
})
