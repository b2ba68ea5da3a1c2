import { Badge } from '../../design/badge.tsx'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Panel } from '../parts/page.tsx'
import { furthestFirst, useLag } from '../parts/reads.ts'
import { Shown } from '../parts/shown.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { SYSTEM_WORDS } from './system-words.ts'

/** How far each reader of the log is from its end, the furthest first. */
export const Lags = () => {
  const words = useWords(SYSTEM_WORDS)
  const { language } = useLanguage()
  const lag = useLag()
  const columns = [
    { key: 'reader', title: words.reader },
    { key: 'stream', title: words.stream },
    { key: 'behind', title: words.behind, as: 'number' },
    { key: 'inHand', title: words.inHand, as: 'number' },
    { key: 'position', title: words.position, as: 'number' },
  ] as const
  const number = (value: number): string => value.toLocaleString(language)
  return (
    <Panel title={words.lags} aside={<span className="soft small">{words.lagsNote}</span>}>
      <Shown of={lag}>
        {({ readers, unknown }) => (
          <>
            {unknown.length > 0 && (
              <p role="alert">
                <Badge tone="wait">?</Badge> {words.unknownLag(unknown.join(', '))}
              </p>
            )}
            <Table caption={words.lags} captionHidden columns={columns}>
              {furthestFirst(readers).map(({ reader, stream, behind, inHand, position }) => (
                <tr key={`${stream} ${reader}`}>
                  <th scope="row" className="code">
                    {reader}
                  </th>
                  <td className="code">{stream}</td>
                  <Figure>{number(behind)}</Figure>
                  <Figure>{inHand === undefined ? '—' : number(inHand)}</Figure>
                  <Figure>{number(position)}</Figure>
                </tr>
              ))}
            </Table>
          </>
        )}
      </Shown>
    </Panel>
  )
}
