import { type MenuItem, type OrderLine, price } from '../../../machines/price.ts'
import { type Cart, type CartLine, EMPTY_CART, wantedOf, withLine } from './cart.ts'

interface Ordered {
  readonly store: { readonly id: string; readonly name: string }
  readonly items: readonly Pick<OrderLine, 'menuId' | 'name' | 'quantity' | 'choices'>[]
}
export interface Reordered {
  readonly cart: Cart
  /** What cannot be had any more, by its name. */
  readonly missing: readonly string[]
}

/** An old order as a new cart, at the prices of now. What is sold out, or is not on the menu any more, is left out and told. */
export const reorder = (menu: readonly MenuItem[], { store, items }: Ordered): Reordered => {
  let cart: Cart = EMPTY_CART
  const missing: string[] = []
  for (const { menuId, name, quantity, choices } of items) {
    const line: CartLine = { menuId, name, quantity, choices: choices.map(({ id, name }) => ({ id, name })), unitPrice: 0 }
    const priced = price(menu, [wantedOf(line)])
    const [at] = priced.kind === 'priced' ? priced.lines : []
    if (at) cart = withLine(cart, store, { ...line, name: at.name, unitPrice: at.unitPrice }) ?? cart
    else missing.push(name)
  }
  return { cart, missing }
}
