import { type MenuItem, type PriceCode, price } from '../../../machines/price.ts'
import { type Cart, type CartLine, wantedOf } from './cart.ts'

export type BillLine = { readonly line: CartLine } & (
  | {
      readonly kind: 'priced'
      readonly unitPrice: number
      readonly lineTotal: number
      /** What it was when it was taken, if that was another price. */
      readonly before?: number
    }
  | { readonly kind: 'refused'; readonly code: PriceCode }
)
export interface Bill {
  readonly lines: readonly BillLine[]
  /** Whole KRW, of what can be had. What the server will charge, as long as nothing is refused. */
  readonly total: number
  /** Nothing is refused. */
  readonly isGood: boolean
}

const lineOf = (menu: readonly MenuItem[], line: CartLine): BillLine => {
  const priced = price(menu, [wantedOf(line)])
  if (priced.kind === 'refused') return { line, kind: 'refused', code: priced.code }
  const [{ unitPrice, lineTotal } = { unitPrice: 0, lineTotal: 0 }] = priced.lines
  return { line, kind: 'priced', unitPrice, lineTotal, ...(unitPrice === line.unitPrice ? {} : { before: line.unitPrice }) }
}

/** The cart by the menu of now, line by line, by the very rules that charge it. */
export const billOf = (menu: readonly MenuItem[], cart: Cart): Bill => {
  const lines = cart.lines.map(line => lineOf(menu, line))
  const whole = price(menu, cart.lines.map(wantedOf))
  return {
    lines,
    total: lines.reduce((sum, line) => sum + (line.kind === 'priced' ? line.lineTotal : 0), 0),
    isGood: whole.kind === 'priced',
  }
}
