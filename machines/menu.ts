import { assign, setup } from 'xstate'
import type { MenuItem } from './price.ts'

interface MenuContext {
  readonly id: string
  readonly items: readonly MenuItem[]
}
export type MenuEvent =
  | { readonly type: 'publish'; readonly items: readonly MenuItem[] }
  /** Of an item, or of one of its choices. */
  | { readonly type: 'setSoldOut'; readonly menuId: string; readonly choiceId?: string; readonly soldOut: boolean }

const hasChoice = ({ options }: MenuItem, id: string): boolean => options.some(({ choices }) => choices.some(choice => choice.id === id))

const marked = (item: MenuItem, { choiceId, soldOut }: Extract<MenuEvent, { type: 'setSoldOut' }>): MenuItem => {
  if (choiceId === undefined) return { ...item, soldOut }
  const options = item.options.map(group => ({
    ...group,
    choices: group.choices.map(choice => (choice.id === choiceId ? { ...choice, soldOut } : choice)),
  }))
  return { ...item, options }
}

/** A store's catalogue; it shares the store's id. */
export const menuMachine = setup({
  types: {
    context: {} as MenuContext,
    input: {} as { readonly items: readonly MenuItem[]; readonly stamp: { readonly id: string } },
    events: {} as MenuEvent,
  },
  guards: {
    isOnIt: ({ context, event }) =>
      event.type === 'setSoldOut' &&
      context.items.some(item => item.id === event.menuId && (event.choiceId === undefined || hasChoice(item, event.choiceId))),
  },
}).createMachine({
  id: 'menu',
  version: '2',
  context: ({ input }) => ({ id: input.stamp.id, items: input.items }),
  initial: 'published',
  states: {
    published: {
      on: {
        publish: { actions: assign(({ event }) => ({ items: event.items })) },
        setSoldOut: {
          guard: 'isOnIt',
          actions: assign(({ context, event }) => ({
            items: context.items.map(item => (item.id === event.menuId ? marked(item, event) : item)),
          })),
        },
      },
    },
  },
})
