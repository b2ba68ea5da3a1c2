import { setup } from 'xstate'

export const GRADES = ['BRONZE', 'SILVER', 'GOLD', 'VIP'] as const
export type Grade = (typeof GRADES)[number]

interface CustomerContext {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly grade: Grade
  readonly completedOrders: number
}

/** What the house knows of a customer, and needs while an order is taken: a name for the store, a number for messages. */
export const customerMachine = setup({
  types: {
    context: {} as CustomerContext,
    input: {} as { readonly name: string; readonly phone: string; readonly stamp: { readonly id: string } },
    events: {} as { readonly type: 'rename'; readonly name: string },
  },
}).createMachine({
  id: 'customer',
  version: '1',
  context: ({ input }) => ({ id: input.stamp.id, name: input.name, phone: input.phone, grade: 'BRONZE', completedOrders: 0 }),
  initial: 'known',
  states: { known: {} },
})
