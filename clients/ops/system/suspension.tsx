import { Badge } from '../../design/badge.tsx'
import { useWords } from '../../web/language.tsx'
import { Instant } from '../parts/instant.tsx'
import { Panel } from '../parts/page.tsx'
import { useMessages } from '../parts/reads.ts'
import { Shown } from '../parts/shown.tsx'
import { Table } from '../parts/table.tsx'
import { SYSTEM_WORDS } from './system-words.ts'

/** How much of the messages to customers is suspended, and the story of it. */
export const Suspension = () => {
  const words = useWords(SYSTEM_WORDS)
  const messages = useMessages()
  const columns = [
    { key: 'at', title: words.at },
    { key: 'what', title: words.what },
    { key: 'why', title: words.why },
    { key: 'by', title: words.by },
  ] as const
  return (
    <Panel title={words.messages}>
      <Shown of={messages}>
        {({ mode, since, reason, changes }) => (
          <>
            <p>
              <Badge tone={mode === 'all' ? 'good' : 'wait'}>{words.mode[mode]}</Badge>{' '}
              <span className="small">
                {since && <Instant at={since} />} {words.reasons[reason] ?? reason}
              </span>
            </p>
            {changes.length === 0 ? (
              <p className="soft small">{words.noChanges}</p>
            ) : (
              <Table caption={words.changes} columns={columns}>
                {changes.map(change => (
                  <tr key={change.at}>
                    <td>
                      <Instant at={change.at} />
                    </td>
                    <td>{words.mode[change.mode]}</td>
                    <td>{change.reason}</td>
                    <td className="code">{change.by}</td>
                  </tr>
                ))}
              </Table>
            )}
          </>
        )}
      </Shown>
    </Panel>
  )
}
