import { useWords } from '../../web/language.tsx'
import { useConnected } from '../../web/live-context.tsx'
import { useNow } from '../../web/use-now.ts'
import { Page } from '../parts/page.tsx'
import { useAlarms, useBreakers, useHosts, useLag, useLetters, useMessages, useOpenOrders, useWaitingRoom } from '../parts/reads.ts'
import { useFigures } from '../system/figures-context.tsx'
import { Alarms } from './alarms.tsx'
import { BreakersGlance, HostsGlance, LagsGlance } from './glances.tsx'
import { judge } from './health.ts'
import { NOW_WORDS } from './now-words.ts'
import { OpenOrders } from './open-orders.tsx'
import { Room } from './room.tsx'
import { Verdict } from './verdict.tsx'
import './now.css'

/** What is wrong, since when, and what can be done. */
export const NowPage = () => {
  const words = useWords(NOW_WORDS)
  const now = useNow(5_000)
  const connected = useConnected()
  const sources = {
    breakers: useBreakers(),
    alarms: useAlarms(),
    room: useWaitingRoom(),
    open: useOpenOrders(),
    lag: useLag(),
    hosts: useHosts(),
    letters: useLetters(),
    messages: useMessages(),
    figures: useFigures(),
  }
  return (
    <Page title={words.title}>
      <Verdict health={judge(sources, connected, now)} />
      <div className="now">
        <div className="now-wide">
          <Alarms />
          <BreakersGlance />
          <HostsGlance />
        </div>
        <div className="now-side">
          <Room />
          <OpenOrders />
          <LagsGlance />
        </div>
      </div>
    </Page>
  )
}
