import { assign, setup } from 'xstate'
import type { Command } from '../../actors/envelope.ts'
import { defineKind } from '../../actors/kinds/define.ts'
import type { Kind } from '../../actors/kinds/kind.ts'
import type { StreamDeclaration } from '../../actors/nats/streams.ts'
import { STREAMS } from '../../config/streams.ts'

/** About 1 KB of state with what XState adds to it. */
const PADDING = 'p'.repeat(940)
/** Where the last timer would lie if it never rang: far beyond any run. */
const NEVER_MS = 86_400_000

interface PressContext {
  readonly padding: string
  readonly presses: number
  readonly dueMs: number
}

/** A coffee press: the smallest machine that a durable actor can be measured by. Two states, a kilobyte, and a timer. */
const pressMachine = setup({
  types: {
    context: {} as PressContext,
    input: {} as { readonly dueMs?: number },
    events: {} as { readonly type: 'press' } | { readonly type: 'brew'; readonly dueMs: number; readonly stamp: { readonly at: string } },
  },
  delays: { brewing: ({ context, event }) => ('stamp' in event ? context.dueMs - Date.parse(event.stamp.at) : NEVER_MS) },
}).createMachine({
  id: 'press',
  version: '1',
  context: { padding: PADDING, presses: 0, dueMs: 0 },
  initial: 'up',
  states: {
    up: {
      on: {
        press: { target: 'down', actions: assign({ presses: ({ context }) => context.presses + 1 }) },
        brew: { target: 'brewing', actions: assign({ dueMs: ({ event }) => event.dueMs }) },
      },
    },
    down: { on: { press: { target: 'up', actions: assign({ presses: ({ context }) => context.presses + 1 }) } } },
    brewing: { after: { brewing: 'up' } },
  },
})

/** The kinds that are kept in streams of their own: one is `press`, four are `press`, `press1`, `press2` and `press3`. */
const namesOf = (streams: number): string[] => Array.from({ length: streams }, (_, i) => (i === 0 ? 'press' : `press${i}`))
const streamOf = (kind: string): string => kind.replace('press', 'PRESSES')

/** As many kinds of press as there are streams to keep them in. */
export const pressKinds = (streams: number): readonly Kind[] =>
  namesOf(streams).map(name => defineKind({ name, stream: streamOf(name), machine: pressMachine, creates: 'set' }))

/** As orders are kept, settings and all. */
export const pressStreams = (streams: number): readonly StreamDeclaration[] =>
  namesOf(streams).map(name => ({
    ...STREAMS.find(each => each.name === 'ORDERS'),
    name: streamOf(name),
    subjects: [`evt.${name}.>`, `timer.${name}.>`, `due.${name}.>`],
  }))

export const [pressKind] = pressKinds(1) as readonly [Kind]
export const PRESS_STREAMS = pressStreams(1)

/** Commands that a press lives for, the one that sets it up included: as many as an order. */
export const LIFE = 12

let commands = 0
const run = process.pid.toString(36).padStart(8, '0')

/** A command as a gateway would send it: its id is as long as a real one. */
export const pressCommand = (id: string, type: 'set' | 'press' | 'brew' | 'nothing', more: object = {}, kind = 'press'): Command => ({
  commandId: `${run}${(commands++).toString(36).padStart(16, '0')}`,
  address: { kind, id },
  event: { type, ...more },
  by: { role: 'customer', id: 'customer-1' },
  at: new Date().toISOString(),
})
