import { Link, Route, Switch } from 'wouter'
import { useWords } from '../web/language.tsx'
import { AccountsPage } from './accounts/accounts-page.tsx'
import { BreakersPage } from './breakers/breakers-page.tsx'
import { LettersPage } from './dead-letters/letters-page.tsx'
import { MapPage } from './map/map-page.tsx'
import { NowPage } from './now/now-page.tsx'
import { OrderPage } from './orders/order-page.tsx'
import { OrdersPage } from './orders/orders-page.tsx'
import { Follow } from './parts/follow.tsx'
import { Page } from './parts/page.tsx'
import { Shell } from './shell.tsx'
import { SHELL_WORDS } from './shell-words.ts'
import { FiguresProvider } from './system/figures-context.tsx'
import { SystemPage } from './system/system-page.tsx'

export const App = () => (
  <Follow>
    <FiguresProvider>
      <Shell>
        <Switch>
          <Route path="/" component={NowPage} />
          <Route path="/breakers" component={BreakersPage} />
          <Route path="/dead-letters" component={LettersPage} />
          <Route path="/orders" component={OrdersPage} />
          <Route path="/orders/:id">{({ id }) => <OrderPage key={id} id={id} />}</Route>
          <Route path="/map" component={MapPage} />
          <Route path="/system" component={SystemPage} />
          <Route path="/accounts" component={AccountsPage} />
          <Route>
            <Nowhere />
          </Route>
        </Switch>
      </Shell>
    </FiguresProvider>
  </Follow>
)

const Nowhere = () => {
  const words = useWords(SHELL_WORDS)
  return (
    <Page title={words.nowhere}>
      <p>
        <Link href="/">{words.home}</Link>
      </p>
    </Page>
  )
}
