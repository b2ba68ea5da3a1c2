import { Link } from 'wouter'
import { phoneNumber, shortId } from '../../web/format.ts'
import { useWords } from '../../web/language.tsx'
import { Instant } from '../parts/instant.tsx'
import { Panel } from '../parts/page.tsx'
import { useAlarms } from '../parts/reads.ts'
import { Shown } from '../parts/shown.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { NOW_WORDS } from './now-words.ts'

/** Orders whose store should be rung up, whoever waits longest first. */
export const Alarms = () => {
  const words = useWords(NOW_WORDS)
  const alarms = useAlarms()
  const columns = [
    { key: 'store', title: words.store },
    { key: 'phone', title: words.phone },
    { key: 'order', title: words.order },
    { key: 'since', title: words.waitingSince },
    { key: 'called', title: words.called, as: 'number' },
  ] as const
  return (
    <Panel title={words.alarms}>
      <div id="alarms">
        <Shown of={alarms}>
          {all =>
            all.length === 0 ? (
              <p className="soft small">{words.noAlarms}</p>
            ) : (
              <Table caption={words.alarms} captionHidden columns={columns}>
                {all
                  .toSorted((a, b) => (a.placedAt < b.placedAt ? -1 : 1))
                  .map(({ orderId, store, placedAt, alerts }) => (
                    <tr key={orderId} className="table-links">
                      <th scope="row">
                        {store.name} <span className="code soft">{store.id}</span>
                      </th>
                      <td>
                        {store.phone !== undefined && (
                          <a href={`tel:${store.phone}`} className="number">
                            {phoneNumber(store.phone)}
                          </a>
                        )}
                      </td>
                      <td>
                        <Link href={`/orders/${orderId}`} className="code">
                          {shortId(orderId)}
                        </Link>
                      </td>
                      <td>
                        <Instant at={placedAt} />
                      </td>
                      <Figure>{words.times(alerts)}</Figure>
                    </tr>
                  ))}
              </Table>
            )
          }
        </Shown>
      </div>
    </Panel>
  )
}
