import { useMemo } from 'react'
import type { OpenOrdersView } from '../../../server/contract/watch.ts'
import { AreaMap } from '../../map/map.tsx'
import { useSettings } from '../../web/api-context.tsx'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Meter } from '../parts/meter.tsx'
import { Page, Panel } from '../parts/page.tsx'
import { useOpenOrders } from '../parts/reads.ts'
import { Shown } from '../parts/shown.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { countsOf, labelsOf, shadesOf } from './cells.ts'
import { MAP_WORDS } from './map-words.ts'
import './map-page.css'

type Cells = OpenOrdersView['cells']
const NONE: Cells = []

/** Where the open orders go to. */
export const MapPage = () => {
  const words = useWords(MAP_WORDS)
  const open = useOpenOrders()
  const settings = useSettings()
  const cells = open.data?.cells ?? NONE
  const scene = useMemo(() => ({ points: labelsOf(cells), cells: shadesOf(cells) }), [cells])
  const counts = open.data && countsOf(open.data)
  return (
    <Page title={words.title}>
      <p className="soft small page-fine">{words.intro}</p>
      <div className="where">
        {settings && (
          <AreaMap label={words.label(counts?.all ?? 0, cells.length)} height="high" still style={settings.map.style} {...scene} />
        )}
        <Panel title={words.table}>
          <Shown of={open}>
            {() =>
              counts === undefined || counts.all === 0 ? (
                <p className="soft">{words.none}</p>
              ) : (
                <>
                  <p className="small number">
                    {words.all(counts.all)} {counts.elsewhere > 0 && words.elsewhere(counts.elsewhere)}
                  </p>
                  <CellTable cells={cells} />
                </>
              )
            }
          </Shown>
        </Panel>
      </div>
    </Page>
  )
}

const CellTable = ({ cells }: { readonly cells: Cells }) => {
  const words = useWords(MAP_WORDS)
  const { language } = useLanguage()
  const most = Math.max(1, ...cells.map(({ orders }) => orders))
  const columns = [
    { key: 'cell', title: words.cell },
    { key: 'middle', title: words.middle },
    { key: 'orders', title: words.orders, as: 'number' },
    { key: 'share' },
  ] as const
  return (
    <div className="where-cells">
      <Table caption={words.table} captionHidden columns={columns}>
        {cells.map(({ cell, lat, lng, orders }) => (
          <tr key={cell}>
            <th scope="row" className="code">
              {cell}
            </th>
            <td className="number">
              {lat.toFixed(3)}, {lng.toFixed(3)}
            </td>
            <Figure>{orders.toLocaleString(language)}</Figure>
            <td>
              <Meter share={orders / most} />
            </td>
          </tr>
        ))}
      </Table>
    </div>
  )
}
