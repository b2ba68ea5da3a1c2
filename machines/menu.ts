import { assign, setup } from 'xstate'
import type { MenuItem } from './price.ts'

interface MenuContext {
  readonly id: string
  readonly items: readonly MenuItem[]
}
export type MenuEvent =
  | { readonly type: 'publish'; readonly items: readonly MenuItem[] }
  | { readonly type: 'setSoldOut'; readonly menuId: string; readonly soldOut: boolean }

/** A store's catalogue; it shares the store's id. */
export const menuMachine = setup({
  types: {
    context: {} as MenuContext,
    input: {} as { readonly items: readonly MenuItem[]; readonly stamp: { readonly id: string } },
    events: {} as MenuEvent,
  },
  guards: { isOnIt: ({ context, event }) => 'menuId' in event && context.items.some(item => item.id === event.menuId) },
}).createMachine({
  id: 'menu',
  version: '1',
  context: ({ input }) => ({ id: input.stamp.id, items: input.items }),
  initial: 'published',
  states: {
    published: {
      on: {
        publish: { actions: assign(({ event }) => ({ items: event.items })) },
        setSoldOut: {
          guard: 'isOnIt',
          actions: assign(({ context, event }) => ({
            items: context.items.map(item => (item.id === event.menuId ? { ...item, soldOut: event.soldOut } : item)),
          })),
        },
      },
    },
  },
})
