import { Route, Switch } from 'wouter'
import { BellProvider } from './bell-context.tsx'
import { FeedProvider } from './feed.tsx'
import { KitchenProvider } from './kitchen-context.tsx'
import { MenuPage } from './menu-page.tsx'
import { NoPage } from './no-page.tsx'
import { OrdersPage } from './orders-page.tsx'
import { SalesPage } from './sales-page.tsx'
import { SettingsPage } from './settings-page.tsx'
import { Shell } from './shell.tsx'
import { TickProvider } from './tick.tsx'

/** All of it at first load: a tablet that is started without a line must be able to show every page. */
export const App = () => (
  <TickProvider>
    <BellProvider>
      <KitchenProvider>
        <FeedProvider>
          <Shell>
            <Switch>
              <Route path="/" component={OrdersPage} />
              <Route path="/menu" component={MenuPage} />
              <Route path="/sales" component={SalesPage} />
              <Route path="/settings" component={SettingsPage} />
              <Route component={NoPage} />
            </Switch>
          </Shell>
        </FeedProvider>
      </KitchenProvider>
    </BellProvider>
  </TickProvider>
)
