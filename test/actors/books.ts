import { assign, emit, setup } from 'xstate'
import { defineKind } from '../../actors/kinds/define.ts'
import type { Tell } from '../../machines/step.ts'
import { actorStream, DEADLETTERS } from './declared.ts'

/** A clerk sells, and tells a ledger of every sale; the ledger adds up. */
const clerkMachine = setup({
  types: {
    context: {} as { readonly ledger: string; readonly sales: number },
    input: {} as { readonly ledger: string },
    events: {} as { readonly type: 'sell' | 'sellLast' },
    emitted: {} as Tell,
  },
  actions: {
    sell: assign({ sales: ({ context }) => context.sales + 1 }),
    tell: emit(({ context }): Tell => ({ type: 'tell', to: context.ledger, event: { type: 'add', sale: context.sales } })),
  },
}).createMachine({
  id: 'clerk',
  version: '1',
  context: ({ input }) => ({ ledger: input.ledger, sales: 0 }),
  initial: 'open',
  states: {
    open: { on: { sell: { actions: ['sell', 'tell'] }, sellLast: { target: 'gone', actions: ['sell', 'tell'] } } },
    gone: { type: 'final' },
  },
})

const ledgerMachine = setup({
  types: {
    context: {} as { readonly sales: readonly number[]; readonly read: number },
    events: {} as { readonly type: 'add'; readonly sale: number } | { readonly type: 'lock' | 'tear' | 'read' },
  },
}).createMachine({
  id: 'ledger',
  version: '1',
  context: { sales: [], read: 0 },
  initial: 'open',
  on: { read: { actions: assign({ read: ({ context }) => context.read + 1 }) } },
  states: {
    open: {
      on: {
        add: { actions: assign({ sales: ({ context, event }) => [...context.sales, event.sale] }) },
        lock: 'locked',
        tear: 'torn',
      },
    },
    locked: {},
    torn: {
      on: {
        add: {
          actions: assign(() => {
            throw new Error('the page is torn')
          }),
        },
      },
    },
  },
})

export const clerkKind = defineKind({ name: 'clerk', stream: 'BOOKS', machine: clerkMachine, creates: 'hire' })
export const ledgerKind = defineKind({ name: 'ledger', stream: 'BOOKS', machine: ledgerMachine, creates: 'open' })

export const BOOK_STREAMS = [actorStream('BOOKS', ['evt.*.>', 'fx.*.*.>', 'timer.*.>', 'due.*.>', 'out.>']), DEADLETTERS]
