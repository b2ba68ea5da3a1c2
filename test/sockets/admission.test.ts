import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import { HandClock } from '../../actors/memory/clock.ts'
import { Admission } from '../../server/sockets/admission.ts'
import { Pace } from '../../server/sockets/pace.ts'

const stays = (): boolean => false

describe('the admission of sockets', () => {
  it('lets in no more than so many at once, in the order of coming', async () => {
    const admission = new Admission(2)
    const entered: { readonly id: number; readonly leave: () => void }[] = []
    const come = (id: number) =>
      admission.enter(stays).then(leave => {
        if (leave) entered.push({ id, leave })
      })
    for (let id = 1; id <= 5; id++) void come(id)
    await turn()
    expect(entered.map(({ id }) => id)).to.deep.equal([1, 2])
    entered[0]?.leave()
    entered[0]?.leave() // twice is once
    await turn()
    expect(entered.map(({ id }) => id)).to.deep.equal([1, 2, 3])
    for (const { leave } of entered) leave()
    await turn()
    expect(entered.map(({ id }) => id)).to.deep.equal([1, 2, 3, 4, 5])
  })

  it('gives no place to who has gone', async () => {
    const admission = new Admission(1)
    const first = await admission.enter(stays)
    const gone = admission.enter(() => true)
    const next = admission.enter(stays)
    first?.()
    expect(await gone).to.equal(undefined)
    expect(await next).to.be.a('function')
  })
})

describe('the pace of connections', () => {
  const openPace = (delayMs = 0, most = 20_000) => {
    const clock = new HandClock(0)
    const late = { ms: delayMs }
    const entered: number[] = []
    const pace = new Pace({ clock, delayMs: () => late.ms, most })
    const come = (id: number, isGone = stays) => pace.enter(isGone, () => entered.push(id))
    return { clock, late, entered, pace, come }
  }

  it('keeps nobody waiting in calm, and a crowd in line', async () => {
    const { clock, entered, pace, come } = openPace()
    for (let id = 0; id < 1_000; id++) come(id)
    expect(entered.length).to.be.within(1, 100)
    clock.advance(5_000)
    expect([entered.length, pace.waiting]).to.deep.equal([1_000, 0])
    expect(entered).to.deep.equal(entered.toSorted((a, b) => a - b))
    clock.advance(1_000)
    come(1_000)
    expect(entered.at(-1)).to.equal(1_000)
  })

  it('is slower while the event loop is late, and never stands still', async () => {
    const [calm, busy] = [openPace(), openPace(200)]
    for (const { come, clock } of [calm, busy]) {
      for (let id = 0; id < 10_000; id++) come(id)
      clock.advance(2_000)
    }
    expect(busy.entered.length).to.be.below(calm.entered.length / 3)
    busy.clock.advance(1_000)
    const before = busy.entered.length
    busy.clock.advance(1_000)
    expect(busy.entered.length - before).to.be.within(90, 110)
  })

  it('passes over who has gone, and sends away who comes when too many wait', async () => {
    const { clock, entered, come } = openPace(0, 200)
    for (let id = 0; id < 100; id++) come(id)
    for (let id = 100; id < 110; id++) come(id, () => true)
    clock.advance(1_000)
    expect(entered.length).to.equal(100)
    expect(entered.some(id => id >= 100)).to.equal(false)
    const taken = Array.from({ length: 400 }, (_, id) => come(id))
    expect(taken.at(0)).to.equal(true)
    expect(taken.at(-1)).to.equal(false)
  })
})
