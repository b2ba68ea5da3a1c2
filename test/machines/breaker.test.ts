import { expect } from 'chai'
import { type BreakerContext, breakerMachine } from '../../machines/breaker.ts'
import { DEFAULT_BREAKER, type Figures, openForMs, troubleIn } from '../../machines/breaker-figures.ts'
import { type Effect, type PlainEvent, type PlainState, start, step } from '../../machines/step.ts'

const T0 = Date.UTC(2026, 4, 1, 9)
const at = (ms: number): string => new Date(T0 + ms).toISOString()
const CALM: Figures = { calls: 100, failures: 0, slow: 0, inFlight: 8, overdue: 0, limit: 16, sinceGoodMs: 5 }
const DEAD: Figures = { ...CALM, calls: 40, failures: 30 }
const OPEN_MS = DEFAULT_BREAKER.openMs

/** given → when → expect; every step goes through JSON, as in life. */
class BreakerStory {
  readonly state: PlainState
  readonly effects: readonly Effect[]
  readonly refused: boolean

  constructor(state: PlainState, effects: readonly Effect[] = [], refused = false) {
    this.state = JSON.parse(JSON.stringify(state)) as PlainState
    this.effects = effects
    this.refused = refused
  }

  static begun(): BreakerStory {
    const begun = start(breakerMachine, { type: 'register', settings: DEFAULT_BREAKER, stamp: stamp(0) })
    if (begun.kind === 'refused') throw new Error('a breaker always begins')
    return new BreakerStory(begun.state, begun.effects)
  }

  when(event: PlainEvent, ms = 0, by = 'host-1'): BreakerStory {
    const next = step(breakerMachine, this.state, { ...event, stamp: stamp(ms, by) })
    return next.kind === 'refused' ? new BreakerStory(this.state, [], true) : new BreakerStory(next.state, next.effects)
  }

  get is(): unknown {
    return this.refused ? 'refused' : this.state.value
  }
  get context(): BreakerContext {
    return this.state.context as unknown as BreakerContext
  }
  /** What it waits for, ms. */
  get delays(): number[] {
    return this.effects.flatMap(effect => (effect.kind === 'timer' ? [effect.delayMs] : []))
  }
}
const stamp = (ms: number, by = 'host-1') => ({ id: 'confirm', at: at(ms), by: { role: 'system', id: by }, commandId: 'c' })

const observed = (figures: Figures, random = 0) => ({ type: 'observed', figures, random })
const openTime = { type: 'xstate.after.openTime.breaker.open' }
const rampTime = { type: 'xstate.after.rampTime.breaker.ramping' }
const calmTime = { type: 'xstate.after.calmTime.breaker.closed' }
const askProbe = (worker: string) => ({ type: 'askProbe', worker })
const probed = (worker: string, ok: boolean) => ({ type: 'probed', worker, ok, random: 0 })

const opened = () => BreakerStory.begun().when(observed(DEAD), 1_000)
const probing = () => opened().when(openTime, 3_000)
const ramping = () => {
  let story = probing()
  for (let passes = 0; passes < DEFAULT_BREAKER.probes; passes++)
    story = story.when(askProbe('w-1'), 3_100).when(probed('w-1', true), 3_200)
  return story
}

describe('what workers saw', () => {
  it('proves an outage by failures, by slowness, or by calls that hang, and never by too little', () => {
    const cases: readonly (readonly [Partial<Figures>, string | undefined])[] = [
      [{}, undefined],
      [{ failures: 49 }, undefined],
      [{ failures: 50 }, 'FAILURES'],
      [{ calls: 10, failures: 10 }, undefined],
      [{ slow: 59 }, undefined],
      [{ slow: 60 }, 'SLOW_CALLS'],
      [{ calls: 10, slow: 10, overdue: 10, inFlight: 20 }, 'SLOW_CALLS'],
      [{ calls: 0, inFlight: 8, overdue: 8, sinceGoodMs: 300 }, 'HANGING'],
      [{ calls: 0, inFlight: 8, overdue: 8, sinceGoodMs: 299 }, undefined],
      [{ calls: 0, inFlight: 10, overdue: 7, sinceGoodMs: 900 }, undefined],
      [{ calls: 0, inFlight: 4, overdue: 4, sinceGoodMs: 900 }, undefined],
    ]
    for (const [change, trouble] of cases)
      expect(troubleIn({ ...CALM, ...change }, DEFAULT_BREAKER), JSON.stringify(change)).to.equal(trouble)
  })

  it('keeps it open for longer each time, up to a limit, and not for all houses alike', () => {
    expect([1, 2, 3, 4, 40].map(opens => openForMs(DEFAULT_BREAKER, opens, 0))).to.deep.equal([2_000, 4_000, 4_000, 4_000, 4_000])
    expect(openForMs(DEFAULT_BREAKER, 1, 1)).to.equal(2_500)
  })
})

describe('a breaker', () => {
  it('stays closed while all is well, and opens on proof', () => {
    expect(BreakerStory.begun().when(observed(CALM)).is).to.equal('refused')
    const story = opened()
    expect([story.is, story.context.reason, story.context.share, story.delays]).to.deep.equal(['open', 'FAILURES', 0, [OPEN_MS]])
    expect(story.context).to.deep.include({ since: at(1_000), openUntil: at(1_000 + OPEN_MS), opens: 1 })
  })

  it('opens when our own configuration is refused, and says by which code', () => {
    const story = BreakerStory.begun().when({ type: 'misconfigured', code: 'UNAUTHORIZED_KEY', random: 0 })
    expect([story.is, story.context.reason]).to.deep.equal(['open', 'MISCONFIGURED UNAUTHORIZED_KEY'])
  })

  it('lets nobody through while open, whatever is reported', () => {
    for (const event of [observed(DEAD), observed(CALM), askProbe('w-1'), probed('w-1', true)])
      expect(opened().when(event).is).to.equal('refused')
  })

  it('gives the one probe to one worker, until it ends or its lease does', () => {
    const leased = probing().when(askProbe('w-1'), 3_100)
    expect(leased.context.lease).to.deep.equal({ worker: 'w-1', until: at(3_100 + DEFAULT_BREAKER.leaseMs) })
    expect(leased.when(askProbe('w-2'), 3_200).is).to.equal('refused')
    expect(leased.when(probed('w-2', true), 3_200).is).to.equal('refused')
    expect(leased.when(askProbe('w-2'), 3_100 + DEFAULT_BREAKER.leaseMs).context.lease?.worker).to.equal('w-2')
    expect(leased.when(probed('w-1', true), 3_300).when(askProbe('w-2'), 3_400).context.lease?.worker).to.equal('w-2')
  })

  it('opens again for longer when a probe fails', () => {
    const story = probing().when(askProbe('w-1'), 3_100).when(probed('w-1', false), 3_200)
    expect([story.is, story.context.reason, story.context.opens, story.delays]).to.deep.equal(['open', 'PROBE_FAILED', 2, [2 * OPEN_MS]])
  })

  it('closes by steps after good probes: 5 %, 25 %, all', () => {
    const shares: number[] = []
    let story = ramping()
    for (let ms = 4_000; story.is === 'ramping'; ms += 1_000) {
      shares.push(story.context.share)
      expect(story.delays).to.deep.equal([DEFAULT_BREAKER.rampMs])
      story = story.when(rampTime, ms)
    }
    expect([story.is, ...shares, story.context.share]).to.deep.equal(['closed', 0.05, 0.25, 1])
  })

  it('opens again when there is trouble on the way', () => {
    expect(ramping().when(observed(CALM)).is).to.equal('refused')
    const story = ramping().when(observed(DEAD), 4_000)
    expect([story.is, story.context.opens]).to.deep.equal(['open', 2])
  })

  it('forgets the openings before after a calm', () => {
    const closed = ramping().when(rampTime, 4_000).when(rampTime, 5_000)
    expect([closed.is, closed.context.opens]).to.deep.equal(['closed', 1])
    expect(closed.when(observed(DEAD), 6_000).context.opens).to.equal(2)
    expect(closed.when(calmTime, 65_000).when(observed(DEAD), 70_000).context.opens).to.equal(1)
  })

  it('is an operator’s to force, from any state, and stays so until it is released', () => {
    const force = (state: 'open' | 'closed') => ({ type: 'force', state, reason: '점검' })
    for (const story of [BreakerStory.begun(), opened(), probing(), ramping()]) {
      const open = story.when(force('open'), 9_000, 'ops-1')
      expect([open.is, open.context.share, open.context.forcedBy, open.context.reason]).to.deep.equal(['forcedOpen', 0, 'ops-1', '점검'])
      expect(open.when(observed(DEAD)).is).to.equal('refused')
      const closed = open.when(force('closed'), 9_100, 'ops-2')
      expect([closed.is, closed.context.share, closed.context.forcedBy]).to.deep.equal(['forcedClosed', 1, 'ops-2'])
      expect(closed.when(observed(DEAD)).is).to.equal('refused')
      const released = closed.when({ type: 'release', reason: '끝' }, 9_200, 'ops-2')
      expect([released.is, released.context.forcedBy, released.context.opens]).to.deep.equal(['closed', undefined, 0])
    }
    expect(BreakerStory.begun().when({ type: 'release', reason: '?' }).is).to.equal('refused')
  })
})
