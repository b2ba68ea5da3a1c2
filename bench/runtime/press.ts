import { assign, setup } from 'xstate'
import type { Command } from '../../actors/envelope.ts'
import { defineKind } from '../../actors/kinds/define.ts'
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

export const pressKind = defineKind({ name: 'press', stream: 'PRESSES', machine: pressMachine, creates: 'set' })

/** As orders are kept, settings and all. */
export const PRESS_STREAMS: readonly StreamDeclaration[] = [
  { ...STREAMS.find(({ name }) => name === 'ORDERS'), name: 'PRESSES', subjects: ['evt.press.>', 'timer.press.>', 'due.press.>'] },
]

/** Commands that a press lives for, the one that sets it up included: as many as an order. */
export const LIFE = 12

let commands = 0
const run = process.pid.toString(36).padStart(8, '0')

/** A command as a gateway would send it: its id is as long as a real one. */
export const pressCommand = (id: string, type: 'set' | 'press' | 'brew' | 'nothing', more: object = {}): Command => ({
  commandId: `${run}${(commands++).toString(36).padStart(16, '0')}`,
  address: { kind: 'press', id },
  event: { type, ...more },
  by: { role: 'customer', id: 'customer-1' },
  at: new Date().toISOString(),
})
