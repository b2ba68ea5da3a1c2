import { MAX_WON, type Won } from './won.ts'

export interface Choice {
  readonly id: string
  readonly name: string
  readonly price: Won
  /** Absent: there is some. */
  readonly soldOut?: boolean
}
/** `min`…`max` choices of it must be taken. */
export interface OptionGroup {
  readonly id: string
  readonly name: string
  readonly choices: readonly Choice[]
  readonly min: number
  readonly max: number
}
export interface MenuItem {
  readonly id: string
  readonly name: string
  readonly price: Won
  readonly soldOut: boolean
  readonly options: readonly OptionGroup[]
}

export interface Wanted {
  readonly menuId: string
  readonly quantity: number
  readonly choices?: readonly string[] | undefined
}
export interface OrderLine {
  readonly menuId: string
  readonly name: string
  readonly quantity: number
  readonly unitPrice: Won
  readonly choices: readonly Choice[]
  readonly lineTotal: Won
}

export const PRICE_CODES = ['MENU_NOT_FOUND', 'SOLD_OUT', 'CHOICE_NOT_FOUND', 'CHOICE_COUNT', 'TOTAL_TOO_LARGE'] as const
export type PriceCode = (typeof PRICE_CODES)[number]

export type Priced =
  | { readonly kind: 'priced'; readonly lines: readonly OrderLine[]; readonly total: Won }
  | { readonly kind: 'refused'; readonly code: PriceCode; readonly path: readonly (string | number)[] }

/** What an order costs by the store's menu. The one place where prices are added up: shown, stored and charged are this. */
export const price = (menu: readonly MenuItem[], wanted: readonly Wanted[]): Priced => {
  const lines: OrderLine[] = []
  for (const [index, want] of wanted.entries()) {
    const priced = priceLine(menu, want)
    if ('code' in priced) return { kind: 'refused', code: priced.code, path: ['items', index, ...priced.path] }
    lines.push(priced)
  }
  const total = lines.reduce((sum, line) => sum + line.lineTotal, 0)
  if (total > MAX_WON) return { kind: 'refused', code: 'TOTAL_TOO_LARGE', path: ['items'] }
  return { kind: 'priced', lines, total }
}

interface LineRefusal {
  readonly code: PriceCode
  readonly path: readonly string[]
}

const priceLine = (menu: readonly MenuItem[], want: Wanted): OrderLine | LineRefusal => {
  const item = menu.find(candidate => candidate.id === want.menuId)
  if (!item) return { code: 'MENU_NOT_FOUND', path: ['menuId'] }
  if (item.soldOut) return { code: 'SOLD_OUT', path: ['menuId'] }
  const ids = want.choices ?? []
  if (new Set(ids).size !== ids.length) return { code: 'CHOICE_COUNT', path: ['choices'] }
  const known = item.options.flatMap(group => group.choices)
  const choices = ids.map(id => known.find(choice => choice.id === id))
  if (!choices.every(choice => choice !== undefined)) return { code: 'CHOICE_NOT_FOUND', path: ['choices'] }
  for (const group of item.options) {
    const taken = group.choices.filter(choice => ids.includes(choice.id)).length
    if (taken < group.min || taken > group.max) return { code: 'CHOICE_COUNT', path: ['choices'] }
  }
  const unitPrice = choices.reduce((sum, choice) => sum + choice.price, item.price)
  return { menuId: item.id, name: item.name, quantity: want.quantity, unitPrice, choices, lineTotal: unitPrice * want.quantity }
}
