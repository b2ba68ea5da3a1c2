import { type AnyEventObject, type AnyStateMachine, assign, fromPromise, setup } from 'xstate'
import type { Happening } from './side.ts'

/** A machine under test and the events it knows. The generator adds strangers, time, and ends of the effects it has invoked. */
export interface Specimen {
  /** A sentence: what it shows. */
  readonly shows: string
  readonly machine: AnyStateMachine
  readonly events: readonly AnyEventObject[]
  /** What it is created with. */
  readonly input?: Readonly<Record<string, unknown>>
  /** A course of things that chance would seldom find, played before the generated ones. */
  readonly story?: readonly Happening[]
}

export interface LabContext {
  /** What happened, in order: one word for each action that ran. */
  readonly trail: readonly string[]
  readonly count: number
  readonly wait: number
}
export const FRESH: LabContext = { trail: [], count: 0, wait: 30 }

/** Never run: each of the two sides answers in its own way. */
const effect = () => fromPromise<unknown, unknown>(() => Promise.reject(new Error('not run')))

/** What every specimen may use. Delays are multiples of 10 ms, the tick of both clocks. */
export const lab = setup({
  types: { context: {} as LabContext, events: {} as AnyEventObject, input: {} as AnyEventObject, emitted: {} as AnyEventObject },
  actors: { work: effect(), other: effect() },
  delays: { brief: 20, waited: ({ context }) => context.wait, counted: ({ context }) => 10 + 10 * context.count },
  guards: {
    many: ({ context }) => context.count >= 2,
    few: ({ context }) => context.count < 2,
    even: ({ context }) => context.count % 2 === 0,
    flagged: ({ event }) => event.flag === true,
    atLeast: ({ context }, least: number) => context.count >= least,
  },
  actions: {
    note: assign({ trail: ({ context }, word: string) => [...context.trail, word] }),
    noteEvent: assign({ trail: ({ context, event }) => [...context.trail, event.type] }),
    noteOutput: assign({ trail: ({ context, event }) => [...context.trail, JSON.stringify(event.output ?? null)] }),
    noteError: assign({ trail: ({ context, event }) => [...context.trail, JSON.stringify(event.error ?? null)] }),
    count: assign({ count: ({ context }) => context.count + 1 }),
    longer: assign({ wait: ({ context }) => context.wait + 20 }),
  },
})

export const note = (word: string) => ({ type: 'note', params: word }) as const
export const both = (word: string) => ({ entry: note(`+${word}`), exit: note(`-${word}`) })
export const types = (...names: readonly string[]): AnyEventObject[] => names.map(type => ({ type }))
export const hears = (...names: readonly string[]): Happening[] => names.map(type => ({ kind: 'event', event: { type } }))
export const time = (ms: number): Happening => ({ kind: 'time', ms })
