import { expect } from 'chai'
import { Load, type LoadLimits } from '../../server/consumers/notifier-load.ts'

const LIMITS: LoadLimits = { noSmsLagMs: 60_000, newestOnlyLagMs: 300_000, slowMs: 2_000, worseMs: 60_000, resumeMs: 30_000 }

/** A load under a clock wound by hand; `modes` are those it went through. */
const underWatch = (mode?: 'newestOnly') => {
  const load = new Load(LIMITS, mode)
  const modes: string[] = []
  let now = 1_000_000
  const judge = (waitingMs = 0): void => {
    const changed = load.judge(now, waitingMs)
    if (changed) modes.push(changed.mode)
  }
  return {
    modes,
    judge,
    calls: (count: number, tookMs: number): void => {
      for (let i = 0; i < count; i++) load.called(now, tookMs)
      judge()
    },
    read: (delayMs: number): void => {
      load.read(now, delayMs)
      judge()
    },
    /** Lets seconds go by, and looks at each. */
    pass: (seconds: number, waitingMs = 0): void => {
      for (let i = 0; i < seconds; i++) {
        now += 1_000
        judge(waitingMs)
      }
    },
  }
}

describe('the load of the notifier', () => {
  it('leaves out SMS when the news is a minute old, and all but the newest status at five', () => {
    const watch = underWatch()
    watch.read(60_000)
    expect(watch.modes).to.deep.equal([])
    watch.read(61_000)
    watch.read(301_000)
    expect(watch.modes).to.deep.equal(['noSms', 'newestOnly'])
  })

  it('counts what waits as well as what comes', () => {
    const watch = underWatch()
    watch.judge(61_000)
    expect(watch.modes).to.deep.equal(['noSms'])
  })

  it('takes a provider for slow when its 95th percentile is, not for one slow call in twenty', () => {
    const watch = underWatch()
    watch.calls(19, 100)
    watch.calls(1, 5_000)
    expect(watch.modes).to.deep.equal([])
    watch.calls(1, 5_000)
    expect(watch.modes).to.deep.equal(['noSms'])
  })

  it('knows nothing of a provider from nine calls', () => {
    const watch = underWatch()
    watch.calls(9, 5_000)
    expect(watch.modes).to.deep.equal([])
    watch.calls(1, 5_000)
    expect(watch.modes).to.deep.equal(['noSms'])
  })

  it('leaves out intermediate statuses when the provider stays slow without SMS', () => {
    const watch = underWatch()
    for (let i = 0; i < 60; i++) {
      watch.calls(1, 5_000)
      watch.pass(1)
    }
    watch.calls(1, 5_000)
    watch.pass(20)
    expect(watch.modes).to.deep.equal(['noSms', 'newestOnly'])
  })

  it('resumes by itself, one step at a time, each after a while in which all was well', () => {
    const watch = underWatch()
    watch.read(400_000)
    watch.pass(10 + 29)
    expect(watch.modes).to.deep.equal(['newestOnly'])
    watch.pass(2)
    expect(watch.modes).to.deep.equal(['newestOnly', 'noSms'])
    watch.pass(31)
    expect(watch.modes).to.deep.equal(['newestOnly', 'noSms', 'all'])
    watch.pass(100)
    expect(watch.modes).to.have.length(3)
  })

  it('does not flap: just below the limit is not well', () => {
    const watch = underWatch()
    watch.judge(61_000)
    watch.pass(300, 59_000)
    expect(watch.modes).to.deep.equal(['noSms'])
    watch.pass(31, 30_000)
    expect(watch.modes).to.deep.equal(['noSms', 'all'])
  })

  it('begins its while anew when it was bad in between', () => {
    const watch = underWatch()
    watch.judge(61_000)
    watch.pass(29)
    watch.pass(1, 45_000)
    watch.pass(29)
    expect(watch.modes).to.deep.equal(['noSms'])
    watch.pass(2)
    expect(watch.modes).to.deep.equal(['noSms', 'all'])
  })

  it('forgets slow calls of long ago, though no others came', () => {
    const watch = underWatch()
    watch.calls(20, 5_000)
    watch.pass(20)
    expect(watch.modes).to.deep.equal(['noSms'])
    watch.pass(200)
    expect(watch.modes.at(-1)).to.equal('all')
  })

  it('goes on where an earlier life left off', () => {
    const watch = underWatch('newestOnly')
    watch.pass(31)
    expect(watch.modes).to.deep.equal(['noSms'])
  })
})
