import { MAX_WON, type Won } from './won.ts'

export interface Choice {
  readonly id: string
  readonly name: string
  readonly price: Won
  /** Absent: there is some. */
  readonly soldOut?: boolean
}
/** A choice as the menu lists it. */
export interface MenuChoice extends Choice {
  /** Absent: not sold out. */
  readonly soldOut?: boolean
}
/** `min`…`max` choices of it must be taken. */
export interface OptionGroup {
  readonly id: string
  readonly name: string
  readonly choices: readonly MenuChoice[]
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

/** Whether nobody can order it now: it is sold out itself, or of a group that must be answered too few choices are left. */
export const isSoldOut = ({ soldOut, options }: MenuItem): boolean =>
  soldOut || options.some(({ choices, min }) => choices.filter(choice => choice.soldOut !== true).length < min)

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
  readonly path: readonly (string | number)[]
}

const priceLine = (menu: readonly MenuItem[], want: Wanted): OrderLine | LineRefusal => {
  const item = menu.find(candidate => candidate.id === want.menuId)
  if (!item) return { code: 'MENU_NOT_FOUND', path: ['menuId'] }
  if (isSoldOut(item)) return { code: 'SOLD_OUT', path: ['menuId'] }
  const ids = want.choices ?? []
  if (new Set(ids).size !== ids.length) return { code: 'CHOICE_COUNT', path: ['choices'] }
  const known = item.options.flatMap(group => group.choices)
  const choices: Choice[] = []
  for (const [at, id] of ids.entries()) {
    const choice = known.find(candidate => candidate.id === id)
    if (!choice) return { code: 'CHOICE_NOT_FOUND', path: ['choices', at] }
    if (choice.soldOut === true) return { code: 'SOLD_OUT', path: ['choices', at] }
    choices.push({ id, name: choice.name, price: choice.price })
  }
  for (const group of item.options) {
    const taken = group.choices.filter(choice => ids.includes(choice.id)).length
    if (taken < group.min || taken > group.max) return { code: 'CHOICE_COUNT', path: ['choices'] }
  }
  const unitPrice = choices.reduce((sum, choice) => sum + choice.price, item.price)
  return { menuId: item.id, name: item.name, quantity: want.quantity, unitPrice, choices, lineTotal: unitPrice * want.quantity }
}
