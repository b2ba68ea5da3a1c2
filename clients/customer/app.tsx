import { Connection } from '../web/connection.tsx'
import { LanguageSwitch } from '../web/language-switch.tsx'
import { useOrders } from '../web/live-context.tsx'

export const App = () => {
  const orders = useOrders()
  return (
    <main>
      <Connection />
      <LanguageSwitch />
      <p>{orders.length}</p>
    </main>
  )
}
