import { useState } from 'react'
import { useLocation } from 'wouter'
import type { OrderView } from '../../../server/contract/order-view.ts'
import type { StoreWithMenu } from '../../../server/contract/stores.ts'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { useTell } from '../../design/notices.tsx'
import { useCall } from '../../web/api-context.tsx'
import { useLanguage, useWords } from '../../web/language.tsx'
import { problemText } from '../../web/problem-text.ts'
import { isFilled } from './cart.ts'
import { CART_WORDS } from './cart-words.ts'
import { keptCart } from './kept-cart.ts'
import { reorder } from './reorder.ts'

/** Fills the cart with an old order, by the menu of now. */
export const ReorderButton = ({ order, wide = false }: { readonly order: OrderView; readonly wide?: boolean }) => {
  const words = useWords(CART_WORDS)
  const { language } = useLanguage()
  const call = useCall()
  const tell = useTell()
  const [, navigate] = useLocation()
  const [isBusy, setBusy] = useState(false)
  const [isAsking, ask] = useState(false)
  const fill = async (): Promise<void> => {
    ask(false)
    setBusy(true)
    try {
      const { menu } = await call<StoreWithMenu>(`/api/stores/${order.store.id}`)
      const { cart, missing } = reorder(menu, order)
      if (!isFilled(cart)) return tell({ key: 'cart', tone: 'bad', text: words.nothingLeft })
      keptCart.set(cart)
      if (missing.length > 0) tell({ key: 'cart', tone: 'info', text: words.missing(missing.join(', ')) })
      navigate('/cart')
    } catch (error) {
      tell({ key: 'cart', tone: 'bad', text: problemText(error, language) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button wide={wide} isPending={isBusy} onPress={() => (isFilled(keptCart.value) ? ask(true) : void fill())}>
        {words.reorder}
      </Button>
      <Dialog title={words.replaceTitle} look="sheet" isOpen={isAsking} onClose={() => ask(false)}>
        <p>{words.replaceText(keptCart.value.store?.name ?? '')}</p>
        <div className="dialog-acts">
          <Button onPress={() => ask(false)}>{words.keep}</Button>
          <Button look="primary" onPress={() => void fill()}>
            {words.replace}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
