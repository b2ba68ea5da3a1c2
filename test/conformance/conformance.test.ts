import { expect } from 'chai'
import fc from 'fast-check'
import { DECIDING } from './deciding.ts'
import { ENDING } from './ending.ts'
import { HISTORY } from './history.ts'
import { INVOKING } from './invoking.ts'
import type { Specimen } from './lab.ts'
import { NESTING } from './nesting.ts'
import { PARALLEL } from './parallel.ts'
import { RAISING } from './raising.ts'
import { runtimeSide } from './runtime-side.ts'
import { type Happening, TICK_MS } from './side.ts'
import { TIMING } from './timing.ts'
import { xstateSide } from './xstate-side.ts'

const RUNS = 30
const FAMILIES = {
  'nested states': NESTING,
  'parallel states': PARALLEL,
  history: HISTORY,
  'guards, always and wildcards': DECIDING,
  'timers, delayed raise and cancel': TIMING,
  'raise, emit and enqueueActions': RAISING,
  'invoked effects': INVOKING,
  'ends, output, context and input': ENDING,
} as const

/** Mostly what the machine knows, some time, some ends of effects, and now and then something it has never heard of. */
const happenings = ({ events, machine }: Specimen): fc.Arbitrary<Happening[]> => {
  const event = (of: fc.Arbitrary<Specimen['events'][number]>) => of.map((one): Happening => ({ kind: 'event', event: one }))
  const stranger = fc.constantFrom({ type: 'stranger' }, { type: 'a.stranger', flag: true }, { type: '' }, { type: 'on' })
  const end = fc.constantFrom<Extract<Happening, { kind: 'end' }>['end']>(
    { kind: 'resolved', output: { ok: true } },
    { kind: 'resolved', output: { ok: false } },
    { kind: 'rejected', error: { code: 'NO', message: 'not today' } },
  )
  const hasEffects = Object.keys(machine.implementations.actors).length > 0
  return fc.array(
    fc.oneof(
      { weight: 6, arbitrary: event(fc.constantFrom(...events)) },
      { weight: 1, arbitrary: event(stranger) },
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 8 }).map((ticks): Happening => ({ kind: 'time', ms: ticks * TICK_MS })) },
      { weight: hasEffects ? 4 : 0, arbitrary: fc.tuple(fc.nat(3), end).map(([nth, how]): Happening => ({ kind: 'end', nth, end: how })) },
    ),
    { minLength: 1, maxLength: 14 },
  )
}

describe('a machine as a durable actor does what XState does', () => {
  for (const [family, specimens] of Object.entries(FAMILIES))
    describe(family, () => {
      for (const specimen of specimens)
        it(specimen.shows, () =>
          fc.assert(
            fc.asyncProperty(happenings(specimen), async steps => {
              await using original = await xstateSide(specimen)
              await using durable = await runtimeSide(specimen)
              expect(await durable.see(), 'as it begins').to.deep.equal(await original.see())
              for (const [i, step] of steps.entries()) {
                await original.happen(step)
                await durable.happen(step)
                expect(await durable.see(), `after step ${i + 1}`).to.deep.equal(await original.see())
              }
            }),
            { numRuns: RUNS, examples: specimen.story ? [[[...specimen.story]]] : [] },
          ),
        )
    })
})
