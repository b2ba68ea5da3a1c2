import type { MenuView } from '../../server/contract/menus.ts'

export type MenuItemView = MenuView['items'][number]

/** One switch of the menu: a dish, or one of its choices. */
export interface Stock {
  readonly menuId: string
  readonly choiceId?: string
  readonly soldOut: boolean
}

/** The menu as it will be once this is said. */
export const withStock = ({ items }: MenuView, { menuId, choiceId, soldOut }: Stock): MenuView => ({
  items: items.map(item => {
    if (item.id !== menuId) return item
    if (choiceId === undefined) return { ...item, soldOut }
    const options = item.options.map(group => ({
      ...group,
      choices: group.choices.map(choice => (choice.id === choiceId ? { ...choice, soldOut } : choice)),
    }))
    return { ...item, options }
  }),
})

const folded = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll(/\s/g, '')

/** Dishes whose name, or a choice's name, has this in it, whatever the spaces and the case. */
export const matching = ({ items }: MenuView, query: string): readonly MenuItemView[] => {
  const wanted = folded(query)
  const has = (name: string): boolean => folded(name).includes(wanted)
  return items.filter(({ name, options }) => has(name) || options.some(({ choices }) => choices.some(choice => has(choice.name))))
}

/** How much of the menu cannot be had: dishes, and choices of dishes. */
export const soldOutCount = ({ items }: MenuView): number =>
  items.reduce(
    (sum, { soldOut, options }) =>
      sum + Number(soldOut) + options.flatMap(({ choices }) => choices).filter(choice => choice.soldOut === true).length,
    0,
  )
