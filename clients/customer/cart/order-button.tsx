import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Button } from '../../design/button.tsx'
import { won } from '../../web/format.ts'
import { useKept } from '../../web/kept.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import type { ShownTotal } from '../pay/pay-page.tsx'
import { keptPlace } from '../stores/kept-place.ts'
import type { Bill } from './bill.ts'
import { EMPTY_CART, type FilledCart } from './cart.ts'
import { CART_WORDS } from './cart-words.ts'
import { keptCart } from './kept-cart.ts'
import type { RefusedOrder } from './refused-order.ts'
import { Trouble } from './trouble.tsx'
import { usePlaceOrder } from './use-place-order.ts'

export interface OrderButtonProps {
  readonly cart: FilledCart
  readonly bill: Bill
  readonly note: string
  onRefused(refused: RefusedOrder): void
}

/** The one tap that orders. */
export const OrderButton = ({ cart, bill, note, onRefused }: OrderButtonProps) => {
  const words = useWords(CART_WORDS)
  const { language } = useLanguage()
  const place = useKept(keptPlace)
  const { placing, place: send } = usePlaceOrder(onRefused)
  const [, navigate] = useLocation()
  const [isLeaving, leave] = useState(false)
  const order = async (): Promise<void> => {
    const taken = await send(cart, place, note)
    if (!taken) return
    leave(true) // an empty cart must not be seen on the way
    navigate(`/orders/${taken.id}/pay`, { replace: true, state: { shownTotal: bill.total } satisfies ShownTotal })
    keptCart.set(EMPTY_CART)
  }
  return (
    <>
      <Trouble placing={placing} />
      {!bill.isGood && <p className="cart-line-fault">{words.mend}</p>}
      <Button
        look="primary"
        size="large"
        wide
        isDisabled={!bill.isGood}
        isPending={placing.at === 'busy' || isLeaving}
        onPress={() => void order()}
      >
        {words.order(won(bill.total, language))}
      </Button>
    </>
  )
}

/** The same for whoever has not said who he is. */
export const SignInButton = () => {
  const words = useWords(CART_WORDS)
  return (
    <Link href="/sign-in?to=/cart" className="button button-primary button-large button-wide">
      {words.signIn}
    </Link>
  )
}
