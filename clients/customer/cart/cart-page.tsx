import { useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Field } from '../../design/field.tsx'
import { won } from '../../web/format.ts'
import { useKept } from '../../web/kept.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { useSession } from '../../web/session-context.tsx'
import { FRAME_WORDS } from '../frame/frame-words.ts'
import { Loading } from '../frame/loading.tsx'
import { Page } from '../frame/page.tsx'
import { AddressBar } from '../stores/address-bar.tsx'
import { StoreState } from '../stores/store-state.tsx'
import { useStore } from '../stores/use-store.ts'
import { billOf } from './bill.ts'
import { EMPTY_CART, type FilledCart, isFilled, withQuantity } from './cart.ts'
import { CartLineRow } from './cart-line.tsx'
import { CART_WORDS } from './cart-words.ts'
import { keptCart } from './kept-cart.ts'
import { OrderButton, SignInButton } from './order-button.tsx'
import './cart.css'

const Filled = ({ cart }: { readonly cart: FilledCart }) => {
  const words = useWords(CART_WORDS)
  const { language } = useLanguage()
  const { id } = useSession()
  const { data: store, error, mutate } = useStore(cart.store.id)
  const [note, setNote] = useState('')
  const [atFault, setAtFault] = useState<readonly number[]>([])
  const bill = store && billOf(store.menu, cart)
  const change = (at: number, quantity: number): void => {
    setAtFault([])
    keptCart.set(withQuantity(cart, at, quantity))
  }
  return (
    <>
      <div className="page-row">
        <h2>{cart.store.name}</h2>
        {store && !store.open && <StoreState store={store} />}
      </div>
      {error !== undefined && <Problem error={error} onAgain={() => void mutate()} />}
      {!bill && error === undefined && <Loading />}
      {bill && (
        <Card>
          <ul aria-label={words.lines}>
            {bill.lines.map((line, at) => (
              <CartLineRow
                key={`${line.line.menuId} ${line.line.choices.map(({ id }) => id).join()}`}
                bill={line}
                isAtFault={atFault.includes(at)}
                onQuantity={quantity => change(at, quantity)}
              />
            ))}
          </ul>
          <div className="page-row">
            <Link href={`/stores/${cart.store.id}`} className="button button-quiet button-normal">
              {words.moreOf}
            </Link>
            <Button look="bare" onPress={() => keptCart.set(EMPTY_CART)}>
              {words.clear}
            </Button>
          </div>
        </Card>
      )}
      <AddressBar />
      <Field label={words.note} placeholder={words.noteHint} value={note} onChange={setNote} maxLength={500} long />
      {bill && (
        <section className="page-part" aria-label={words.total}>
          <p className="page-row page-sum">
            <span>{words.total}</span>
            <span className="number">{won(bill.total, language)}</span>
          </p>
          <p className="soft small">{words.fee}</p>
          {id === undefined ? (
            <SignInButton />
          ) : (
            <OrderButton
              cart={cart}
              bill={bill}
              note={note}
              onRefused={({ lines }) => {
                setAtFault(lines)
                void mutate() // what was refused is seen in the menu, too
              }}
            />
          )}
        </section>
      )}
    </>
  )
}

/** What is about to be ordered. */
export const CartPage = () => {
  const words = useWords(CART_WORDS)
  const { toStores } = useWords(FRAME_WORDS)
  const cart = useKept(keptCart)
  return (
    <Page title={words.title} back="/">
      {isFilled(cart) ? (
        <Filled cart={cart} />
      ) : (
        <div className="page-empty">
          <h2>{words.empty}</h2>
          <p>{words.emptyText}</p>
          <Link href="/" className="button button-primary button-normal">
            {toStores}
          </Link>
        </div>
      )}
    </Page>
  )
}
