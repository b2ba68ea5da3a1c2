import { Link, Route, Switch, useLocation } from 'wouter'
import { Card } from '../design/card.tsx'
import { useWords } from '../web/language.tsx'
import { useWakeLock } from '../web/use-wake-lock.ts'
import { APP_WORDS } from './app-words.ts'
import { BoardProvider } from './board-context.tsx'
import { DeliveryScreen } from './delivery-screen.tsx'
import { DutyBar } from './duty-bar.tsx'
import { DutyProvider } from './duty-context.tsx'
import { OrdersProvider, useRiderOrders } from './orders-context.tsx'
import { PreferencesProvider } from './preferences.tsx'
import { RefusedTaps } from './refused-taps.tsx'
import { SettingsScreen } from './settings-screen.tsx'
import { TapsProvider } from './taps-context.tsx'
import { TodayScreen } from './today-screen.tsx'
import { NearbyScreen, WorkScreen } from './work-screen.tsx'
import './app.css'

export const App = () => (
  <PreferencesProvider>
    <OrdersProvider>
      <DutyProvider>
        <TapsProvider>
          <BoardProvider>
            <Frame />
          </BoardProvider>
        </TapsProvider>
      </DutyProvider>
    </OrdersProvider>
  </PreferencesProvider>
)

const Frame = () => {
  useWakeLock(useRiderOrders().hand.length > 0)
  return (
    <div className="rider">
      <DutyBar />
      <main className="rider-main">
        <RefusedTaps />
        <Switch>
          <Route path="/" component={WorkScreen} />
          <Route path="/nearby" component={NearbyScreen} />
          <Route path="/orders/:id">{({ id: orderId }) => <DeliveryScreen key={orderId} orderId={orderId} />}</Route>
          <Route path="/today" component={TodayScreen} />
          <Route path="/settings" component={SettingsScreen} />
          <Route component={NoScreen} />
        </Switch>
      </main>
      <Nav />
    </div>
  )
}

const Nav = () => {
  const [path] = useLocation()
  const words = useWords(APP_WORDS)
  const at = path === '/today' || path === '/settings' ? path : '/'
  const tabs = [
    ['/', words.work],
    ['/today', words.today],
    ['/settings', words.settings],
  ] as const
  return (
    <nav className="rider-nav" aria-label={words.nav}>
      {tabs.map(([href, name]) => (
        <Link key={href} href={href} className="rider-tab" aria-current={href === at ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

const NoScreen = () => {
  const words = useWords(APP_WORDS)
  return (
    <Card>
      <h1>{words.lost}</h1>
      <p className="soft">{words.lostWhy}</p>
      <Link className="button button-primary" href="/">
        {words.home}
      </Link>
    </Card>
  )
}
