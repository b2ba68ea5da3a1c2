import type { SalesView } from '../../server/contract/sales.ts'
import { Card } from '../design/card.tsx'
import { useRead } from '../web/api-context.tsx'
import { won } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import { Problem } from '../web/problem.tsx'
import { useSession } from '../web/session-context.tsx'
import { dayAfter, wallTimeAt } from './calendar.ts'
import { Page } from './page.tsx'
import { SalesChart } from './sales-chart.tsx'
import { SalesTable } from './sales-table.tsx'
import { keptOf, WEEK_DAYS, weekOf } from './sales-week.ts'
import { SALES_WORDS } from './sales-words.ts'
import { useTick } from './tick.tsx'
import { useStore } from './use-store.ts'
import './sales-page.css'

const AGAIN_MS = 20_000

/** What was sold today, and in the week that ends with it. */
export const SalesPage = () => {
  const words = useWords(SALES_WORDS)
  const { language } = useLanguage()
  const { id = '' } = useSession()
  const { profile, error: profileError, again } = useStore()
  const zone = profile?.zone
  const today = useTick(nowMs => (zone === undefined ? '' : wallTimeAt(nowMs, zone).day))
  const path = today === '' ? null : `/api/stores/${id}/sales?from=${dayAfter(today, 1 - WEEK_DAYS)}&to=${today}`
  const { data, error, mutate } = useRead<SalesView>(path, { everyMs: AGAIN_MS })
  const week = data && today !== '' ? weekOf(data.items, today) : undefined
  const now = week?.at(-1)
  const problem = error ?? (profile === undefined ? profileError : undefined)
  return (
    <Page title={words.title}>
      {week === undefined && problem === undefined && <p role="status">{words.loading}</p>}
      {problem !== undefined && <Problem error={problem} onAgain={() => (path === null ? again() : void mutate())} />}
      {now && (
        <Card>
          <h2>{words.today}</h2>
          <p className="sales-today">
            <strong className="sales-amount number">{won(keptOf(now), language)}</strong>
            <span className="sales-orders number">{words.orders(now.orders)}</span>
            {now.refunded > 0 && <span className="soft number">{words.refunded(won(now.refunded, language))}</span>}
          </p>
          <p className="soft small">{words.lag}</p>
        </Card>
      )}
      {week && (
        <Card>
          <h2>{words.week}</h2>
          <p className="soft small">{words.kept}</p>
          <SalesChart week={week} />
          <SalesTable week={week} />
        </Card>
      )}
    </Page>
  )
}
