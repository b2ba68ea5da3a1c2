import { useState } from 'react'
import { useLocation } from 'wouter'
import { isSoldOut, type MenuItem } from '../../../machines/price.ts'
import type { StoreWithMenu } from '../../../server/contract/stores.ts'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { useTell } from '../../design/notices.tsx'
import { Stepper } from '../../design/stepper.tsx'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { type CartLine, EMPTY_CART, isOfAnother, MOST_OF_ONE, withLine } from '../cart/cart.ts'
import { type Chosen, lackingOf } from '../cart/choosing.ts'
import { keptCart } from '../cart/kept-cart.ts'
import { hasBefore } from '../frame/journey.ts'
import { Loading } from '../frame/loading.tsx'
import { Page } from '../frame/page.tsx'
import { OptionGroup } from './option-group.tsx'
import { STORES_WORDS } from './stores-words.ts'
import { useStore } from './use-store.ts'
import './stores.css'

const lineOf = (item: MenuItem, chosen: Chosen, quantity: number): CartLine => {
  const choices = item.options.flatMap(group => group.choices).filter(({ id, soldOut }) => soldOut !== true && chosen.includes(id))
  const unitPrice = choices.reduce((sum, { price }) => sum + price, item.price)
  return { menuId: item.id, name: item.name, choices: choices.map(({ id, name }) => ({ id, name })), quantity, unitPrice }
}

const Item = ({ store, item }: { readonly store: StoreWithMenu; readonly item: MenuItem }) => {
  const words = useWords(STORES_WORDS)
  const { language } = useLanguage()
  const tell = useTell()
  const [, navigate] = useLocation()
  const [chosen, choose] = useState<Chosen>([])
  const [quantity, setQuantity] = useState(1)
  const [isAsking, ask] = useState(false)
  const line = lineOf(item, chosen, quantity)
  const lacking = lackingOf(item, chosen)
  const reason = isSoldOut(item) ? words.gone : lacking && words.lacking(lacking.group.name, lacking.missing)

  const take = (cart = keptCart.value): void => {
    const next = withLine(cart, { id: store.id, name: store.name }, line)
    if (!next) {
      tell({ key: 'cart', tone: 'bad', text: words.full })
      return
    }
    keptCart.set(next)
    if (hasBefore()) history.back()
    else navigate(`/stores/${store.id}`, { replace: true })
  }
  const add = (): void => (isOfAnother(keptCart.value, store.id) ? ask(true) : take())
  return (
    <>
      <p className="page-sum number">{won(item.price, language)}</p>
      {item.options.map(group => (
        <Card key={group.id}>
          <OptionGroup group={group} chosen={chosen} onChoose={choose} />
        </Card>
      ))}
      <div className="page-row">
        <strong>{words.quantity}</strong>
        <Stepper
          label={words.quantityOf(item.name)}
          less={words.less}
          more={words.more}
          value={quantity}
          least={1}
          most={MOST_OF_ONE}
          onChange={setQuantity}
        />
      </div>
      <div className="above-tabs">
        <p className="item-lack" role="status">
          {reason}
        </p>
        <Button look="primary" size="large" wide isDisabled={reason !== undefined} onPress={add}>
          {words.add(won(line.unitPrice * quantity, language))}
        </Button>
      </div>
      <Dialog title={words.otherTitle} look="sheet" isOpen={isAsking} onClose={() => ask(false)}>
        <p>{words.otherText(keptCart.value.store?.name ?? '')}</p>
        <div className="dialog-acts">
          <Button onPress={() => ask(false)}>{words.keep}</Button>
          <Button look="primary" onPress={() => take(EMPTY_CART)}>
            {words.otherReplace}
          </Button>
        </div>
      </Dialog>
    </>
  )
}

/** One dish: what goes with it, how many of it. */
export const ItemPage = ({ storeId, menuId }: { readonly storeId: string; readonly menuId: string }) => {
  const words = useWords(STORES_WORDS)
  const { data: store, error, mutate } = useStore(storeId)
  const item = store?.menu.find(({ id }) => id === menuId)
  return (
    <Page title={item?.name ?? store?.name ?? words.menu} back={`/stores/${storeId}`}>
      {error !== undefined && <Problem error={error} onAgain={() => void mutate()} />}
      {store === undefined && error === undefined && <Loading />}
      {store && !item && <p className="page-empty">{words.gone}</p>}
      {store && item && <Item store={store} item={item} />}
    </Page>
  )
}
