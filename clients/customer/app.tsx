import type { ReactNode } from 'react'
import { Redirect, Route, Switch, useSearchParams } from 'wouter'
import { SignIn } from '../web/sign-in.tsx'
import { CartBar } from './cart/cart-bar.tsx'
import { CartPage } from './cart/cart-page.tsx'
import { LostPage } from './frame/lost-page.tsx'
import { TabBar } from './frame/tab-bar.tsx'
import { GradeNews } from './me/grade-news.tsx'
import { MePage } from './me/me-page.tsx'
import { NewsProvider } from './order/news-context.tsx'
import { OrderPage } from './order/order-page.tsx'
import { OpenOrderBar } from './orders/open-order-bar.tsx'
import { OrdersPage } from './orders/orders-page.tsx'
import { PaidPage } from './pay/paid-page.tsx'
import { PayPage } from './pay/pay-page.tsx'
import { ItemPage } from './stores/item-page.tsx'
import { StorePage } from './stores/store-page.tsx'
import { StoresPage } from './stores/stores-page.tsx'

const Bars = ({ children }: { readonly children?: ReactNode }) => (
  <div className="above-tabs" aria-live="polite">
    {children}
    <CartBar />
  </div>
)

/** Anybody may look around, and fill a cart. */
const browsing = (bar?: ReactNode) => [
  <Route key="stores" path="/">
    <StoresPage />
    <Bars>{bar}</Bars>
  </Route>,
  <Route key="store" path="/stores/:id">
    {({ id }) => (
      <>
        <StorePage key={id} id={id} />
        <Bars />
      </>
    )}
  </Route>,
  <Route key="item" path="/stores/:id/items/:menuId">
    {({ id, menuId }) => <ItemPage key={menuId} storeId={id} menuId={menuId} />}
  </Route>,
  <Route key="cart" path="/cart">
    <CartPage />
  </Route>,
]

/** Where somebody wanted to go when he was asked who he is; only into this app. */
const Onward = () => {
  const [query] = useSearchParams()
  const to = query.get('to') ?? '/'
  return <Redirect to={/^\/(?!\/)/.test(to) ? to : '/'} replace />
}

export const App = () => (
  <NewsProvider>
    <GradeNews />
    <Switch>
      {browsing(<OpenOrderBar />)}
      <Route path="/orders">
        <OrdersPage />
      </Route>
      <Route path="/orders/:id">{({ id }) => <OrderPage key={id} id={id} />}</Route>
      <Route path="/orders/:id/pay">{({ id }) => <PayPage key={id} id={id} />}</Route>
      <Route path="/orders/:id/paid">{({ id }) => <PaidPage key={id} id={id} />}</Route>
      <Route path="/me">
        <MePage />
      </Route>
      <Route path="/sign-in">
        <Onward />
      </Route>
      <Route>
        <LostPage />
      </Route>
    </Switch>
    <TabBar />
  </NewsProvider>
)

/** Everything that belongs to somebody begins with who that is. */
export const Visitor = () => (
  <>
    <Switch>
      {browsing()}
      <Route>
        <SignIn />
      </Route>
    </Switch>
    <TabBar />
  </>
)
