import { Kept } from '../../web/kept.ts'
import { type Cart, EMPTY_CART, isCart } from './cart.ts'

/** Of this device, not of an account: it may be filled before anybody signs in. */
export const keptCart = new Kept<Cart>('cart', EMPTY_CART, isCart)
