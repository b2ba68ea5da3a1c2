import { expect } from 'chai'
import { PING_MS } from '../../../clients/rider/ping-rate.ts'
import { type Fix, type LocatorProblem, Tracker } from '../../../clients/rider/tracker.ts'

const HERE = { lat: 37.5, lng: 127.03 }
const LOW = { level: 0.1, charging: false }

interface Watching {
  readonly precise: boolean
  readonly found: (fix: Fix) => void
  readonly failed: (problem: LocatorProblem) => void
  ended: boolean
}

/** A device whose satellites and line are in the test's hand. */
const device = () => {
  const watches: Watching[] = []
  const sent: Fix[] = []
  const at = { nowMs: 1_000_000, taken: true }
  const tracker = new Tracker({
    now: () => at.nowMs,
    send: async fix => {
      sent.push(fix)
      return at.taken
    },
    changed: () => undefined,
    locator: {
      watch(found, failed, precise) {
        const watching: Watching = { precise, found, failed, ended: false }
        watches.push(watching)
        return () => {
          watching.ended = true
        }
      },
    },
  })
  const open = (): Watching => {
    const last = watches.findLast(({ ended }) => !ended)
    if (!last) throw new Error('nothing is watched')
    return last
  }
  return {
    tracker,
    watches,
    sent,
    at,
    open,
    finds: (north = 0) => open().found({ ...HERE, lat: HERE.lat + north / 111_195, atMs: at.nowMs }),
    /** Lets time pass, and answers come. */
    async later(ms: number): Promise<void> {
      await new Promise(setImmediate)
      at.nowMs += ms
      tracker.tick()
      await new Promise(setImmediate)
    },
  }
}

describe('the tracker of a rider', () => {
  it('looks for nothing before it is started and sends nothing after it is stopped', async () => {
    const { tracker, watches, sent, finds, open, later } = device()
    await later(60_000)
    expect(watches).to.have.length(0)
    tracker.start()
    finds()
    const watching = open()
    tracker.stop()
    watching.found({ ...HERE, atMs: 2_000_000 })
    await later(60_000)
    expect([sent.length, watching.ended, tracker.state.gps, tracker.state.fix]).to.deep.equal([1, true, 'off', undefined])
  })

  it('sends the first fix at once and the newest one when the next is due', async () => {
    const { tracker, sent, finds, later } = device()
    tracker.start()
    finds()
    await later(1_000)
    finds(20)
    await later(1_000)
    finds(40)
    expect(sent).to.have.length(1)
    await later(PING_MS.moving)
    expect(sent.map(({ atMs }) => atMs)).to.deep.equal([1_000_000, 1_002_000])
  })

  it('watches anew when a watch has fallen silent, rather than saying that an old fix is a new one', async () => {
    const { tracker, sent, watches, finds, later } = device()
    tracker.start()
    finds()
    await later(PING_MS.moving)
    expect([sent.length, watches.length, watches[0]?.ended]).to.deep.equal([1, 2, true])
    await later(PING_MS.moving * 3)
    expect([sent.length, watches.length], 'one that has found nothing yet is left alone').to.deep.equal([1, 2])
    finds()
    await later(0)
    expect(sent).to.have.length(2)
  })

  it('does not watch anew all the time where the device tells the same fix again and again', async () => {
    const { tracker, sent, watches, open, at, later } = device()
    const fix = { ...HERE, atMs: at.nowMs }
    tracker.start()
    for (let s = 0; s < 20; s++) {
      open().found(fix)
      await later(1_000)
    }
    expect([sent.length, watches.length], 'one, and five looks in 20 s').to.deep.equal([1, 1 + 20_000 / PING_MS.moving])
  })

  it('takes silence for a problem only where nothing has been found', async () => {
    const { tracker, open, finds } = device()
    tracker.start()
    open().failed('silent')
    expect(tracker.state.gps).to.equal('unavailable')
    finds()
    open().failed('silent')
    expect(tracker.state.gps).to.equal('found')
    open().failed('denied')
    expect(tracker.state.gps).to.equal('denied')
    tracker.again()
    expect(tracker.state.gps).to.equal('asking')
  })

  it('sends a fix again that the server did not take, and not while one is under way', async () => {
    const { tracker, sent, at, finds, later } = device()
    at.taken = false
    tracker.start()
    finds()
    await later(0)
    expect([sent.length, tracker.state.sentMs]).to.deep.equal([1, undefined])
    at.taken = true
    await later(PING_MS.moving)
    expect([sent.length, tracker.state.sentMs]).to.deep.equal([2, at.nowMs])
  })

  it('sends at once when the line is back', async () => {
    const { tracker, sent, at, finds, later } = device()
    at.taken = false
    tracker.start()
    finds()
    await later(1)
    at.taken = true
    tracker.resend()
    await later(0)
    expect(sent).to.have.length(2)
  })

  it('never goes back to an older fix', () => {
    const { tracker, open, finds, at } = device()
    tracker.start()
    finds(50)
    open().found({ ...HERE, atMs: at.nowMs - 5_000 })
    expect(tracker.state.fix?.atMs).to.equal(at.nowMs)
  })

  it('lets GPS go when the battery is low, and takes it back for a delivery', async () => {
    const { tracker, open, watches } = device()
    tracker.start()
    tracker.live({ delivering: false, battery: LOW })
    expect([open().precise, tracker.state.everyMs]).to.deep.equal([false, PING_MS.saving])
    tracker.live({ delivering: true, battery: LOW })
    expect([open().precise, tracker.state.everyMs, watches.filter(({ ended }) => !ended).length]).to.deep.equal([true, PING_MS.moving, 1])
  })
})
