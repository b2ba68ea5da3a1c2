import { Link } from 'wouter'
import { useKept } from '../../web/kept.ts'
import { useWords } from '../../web/language.tsx'
import { FRAME_WORDS } from '../frame/frame-words.ts'
import { countOf, isFilled } from './cart.ts'
import { keptCart } from './kept-cart.ts'

/** The way to the cart, when there is something in it. */
export const CartBar = () => {
  const words = useWords(FRAME_WORDS)
  const cart = useKept(keptCart)
  if (!isFilled(cart)) return null
  return (
    <Link href="/cart" className="bar">
      <span>{words.cart(countOf(cart))}</span>
      <span>{cart.store.name}</span>
    </Link>
  )
}
