import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import { Shared } from '../../actors/shared.ts'

describe('a shared question', () => {
  /** Answers with how often it was asked, when told to. */
  const opened = () => {
    const answers: (() => void)[] = []
    let asked = 0
    const shared = new Shared(
      () =>
        new Promise<number>(resolve => {
          const count = ++asked
          answers.push(() => resolve(count))
        }),
    )
    return { shared, answers, asked: () => asked }
  }

  it('is never older than who asks it, and one for all who come meanwhile', async () => {
    const { shared, answers, asked } = opened()
    const first = shared.ask()
    const crowd = Array.from({ length: 100 }, () => shared.ask())
    answers[0]?.()
    expect(await first).to.equal(1)
    await turn()
    answers[1]?.()
    expect(new Set(await Promise.all(crowd))).to.deep.equal(new Set([2]))
    expect(asked()).to.equal(2)
  })

  it('is asked anew after one that failed', async () => {
    let asked = 0
    const shared = new Shared(async () => {
      if (++asked === 1) throw new Error('away')
      return asked
    })
    const [first, second] = [shared.ask().catch(() => 'failed'), shared.ask()]
    expect(await Promise.all([first, second])).to.deep.equal(['failed', 2])
    expect(await shared.ask()).to.equal(3)
  })
})
