import { config, expect } from 'chai'
import fc, { type Scheduler } from 'fast-check'
import type { Appended, Entry } from '../../actors/log.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { Course, ORDER } from './course.ts'
import { Tally } from './tally.ts'

export const RACES = 10_000

// A proxy around every assertion finds misspelt ones, which the compiler does as well: in 10,000 races it was a tenth of the time.
config.useProxy = false

export interface Outcome {
  readonly winner: string
  /** All who could have won. */
  readonly sides: readonly string[]
}

/** A test: the same race from the same start, 10,000 times, each in another order of steps. A failure prints that order and the seed that brings it back. */
export const itIsRaced = <Chance>(
  name: string,
  start: () => Promise<Entry>,
  chance: fc.Arbitrary<Chance>,
  run: (course: Course, chance: Chance) => Promise<Outcome>,
): void => {
  it(name, async function () {
    this.timeout(120_000)
    const from = await start()
    const tally = new Tally(name)
    const race = async (scheduler: Scheduler, drawn: Chance): Promise<void> => {
      const course = await Course.open(scheduler, from)
      const { winner, sides } = await run(course, drawn)
      tally.add(winner, sides, course.log.conflicts)
    }
    await fc.assert(fc.asyncProperty(fc.scheduler(), chance, race), { numRuns: RACES })
    console.log(`      ${tally.report()}`)
    tally.expectFair(RACES)
  })

  it(`would be noticed if it were not so: ${name}`, async () => {
    const from = await start()
    const race = async (scheduler: Scheduler, drawn: Chance): Promise<void> =>
      void (await run(await Course.open(scheduler, from, UnguardedLog), drawn))
    const { failed } = await fc.check(fc.asyncProperty(fc.scheduler(), chance, race), { numRuns: 500, endOnFailure: true })
    expect(failed).to.equal(true)
  })
}

/** A log that takes whatever a stale owner brings. */
class UnguardedLog extends MemoryLog {
  override async append(entries: readonly Entry[]): Promise<Appended> {
    const last = await this.latest(ORDER)
    return await super.append(entries.map(entry => ({ ...entry, expectedSeq: last?.seq ?? 0 })))
  }
}
