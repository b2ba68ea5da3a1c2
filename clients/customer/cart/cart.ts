import type { Wanted } from '../../../machines/price.ts'

export interface CartLine {
  readonly menuId: string
  readonly name: string
  readonly choices: readonly { readonly id: string; readonly name: string }[]
  /** 1…99 */
  readonly quantity: number
  /** As it was shown when it was taken, whole KRW: should the menu say otherwise by now, the customer is told. */
  readonly unitPrice: number
}
/** What somebody is about to order, all of one store. */
export interface Cart {
  readonly store?: { readonly id: string; readonly name: string }
  readonly lines: readonly CartLine[]
}
export interface FilledCart extends Cart {
  readonly store: NonNullable<Cart['store']>
}

export const EMPTY_CART: Cart = { lines: [] }
/** What an order may have of one thing, and how many things: the server's own limits. */
export const MOST_OF_ONE = 99
export const MOST_LINES = 50

export const isFilled = (cart: Cart): cart is FilledCart => cart.store !== undefined && cart.lines.length > 0

/** Whether taking something of this store means to give up what is in the cart. */
export const isOfAnother = (cart: Cart, storeId: string): boolean => isFilled(cart) && cart.store.id !== storeId

const bounded = (quantity: number): number => Math.max(0, Math.min(MOST_OF_ONE, quantity))
const choicesOf = ({ choices }: CartLine): string => JSON.stringify(choices.map(({ id }) => id).sort())
const isSame = (a: CartLine, b: CartLine): boolean => a.menuId === b.menuId && choicesOf(a) === choicesOf(b)

/** The same dish with the same choices is one line; of another store, it takes the place of all that was there. Undefined: there is no room. */
export const withLine = (cart: Cart, store: FilledCart['store'], line: CartLine): Cart | undefined => {
  const lines = isOfAnother(cart, store.id) ? [] : cart.lines
  const at = lines.findIndex(other => isSame(other, line))
  if (at === -1) return lines.length < MOST_LINES ? { store, lines: [...lines, line] } : undefined
  const quantity = bounded((lines[at]?.quantity ?? 0) + line.quantity)
  return { store, lines: lines.with(at, { ...line, quantity }) }
}

/** None of it, and the line is gone; the last line, and the cart is empty. */
export const withQuantity = (cart: Cart, at: number, quantity: number): Cart => {
  const lines = cart.lines.flatMap((line, i) =>
    i !== at ? [line] : bounded(quantity) === 0 ? [] : [{ ...line, quantity: bounded(quantity) }],
  )
  return lines.length === 0 ? EMPTY_CART : { ...cart, lines }
}

/** How many dishes. */
export const countOf = ({ lines }: Cart): number => lines.reduce((sum, { quantity }) => sum + quantity, 0)

export const wantedOf = ({ menuId, quantity, choices }: CartLine): Wanted => ({
  menuId,
  quantity,
  ...(choices.length === 0 ? {} : { choices: choices.map(({ id }) => id) }),
})

/** Whether this was written by `Kept` of this release. */
export const isCart = (read: unknown): read is Cart => {
  const lines = (read as Partial<Cart> | null)?.lines
  return (
    Array.isArray(lines) &&
    lines.every(({ menuId, choices, quantity }) => typeof menuId === 'string' && Array.isArray(choices) && quantity > 0)
  )
}
