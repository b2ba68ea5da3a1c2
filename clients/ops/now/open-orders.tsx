import { Link } from 'wouter'
import type { OpenOrdersView } from '../../../server/contract/watch.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { STATUS_WORDS } from '../../web/status-words.ts'
import { countsOf } from '../map/cells.ts'
import { Meter } from '../parts/meter.tsx'
import { Panel } from '../parts/page.tsx'
import { useOpenOrders } from '../parts/reads.ts'
import { Shown } from '../parts/shown.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { SHELL_WORDS } from '../shell-words.ts'
import { NOW_WORDS } from './now-words.ts'

type Status = keyof OpenOrdersView['byStatus']

/** In the order of an order's life, which the words have. */
export const OpenOrders = () => {
  const words = useWords(NOW_WORDS)
  const statuses = useWords(STATUS_WORDS)
  const { map } = useWords(SHELL_WORDS)
  const { language } = useLanguage()
  const open = useOpenOrders()
  const columns = [{ key: 'status', title: words.status }, { key: 'orders', title: words.orders, as: 'number' }, { key: 'share' }] as const
  return (
    <Panel title={words.open} aside={<Link href="/map">{map}</Link>}>
      <Shown of={open}>
        {view => {
          const { all } = countsOf(view)
          if (all === 0) return <p className="soft small">{words.noOrders}</p>
          const shown = (Object.keys(statuses) as Status[]).filter(status => (view.byStatus[status] ?? 0) > 0)
          return (
            <>
              <p className="small number">{words.all(all)}</p>
              <Table caption={words.open} captionHidden columns={columns}>
                {shown.map(status => (
                  <tr key={status}>
                    <th scope="row">{statuses[status]}</th>
                    <Figure>{view.byStatus[status]?.toLocaleString(language)}</Figure>
                    <td>
                      <Meter share={(view.byStatus[status] ?? 0) / all} />
                    </td>
                  </tr>
                ))}
              </Table>
            </>
          )
        }}
      </Shown>
    </Panel>
  )
}
