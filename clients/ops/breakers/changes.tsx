import type { BreakerChangeView } from '../../../server/contract/breakers.ts'
import { useWords } from '../../web/language.tsx'
import { Instant } from '../parts/instant.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { BREAKER_WORDS, reasonText } from './breaker-words.ts'
import { StateBadge } from './state-badge.tsx'

/** What the chart shows, change by change, newest first. */
export const Changes = ({ name, changes }: { readonly name: string; readonly changes: readonly BreakerChangeView[] }) => {
  const words = useWords(BREAKER_WORDS)
  if (changes.length === 0) return <p className="soft small">{words.noHistory}</p>
  const columns = [
    { key: 'at', title: words.at },
    { key: 'state', title: words.state },
    { key: 'share', title: words.share, as: 'number' },
    { key: 'reason', title: words.reason },
    { key: 'by', title: words.by },
  ] as const
  return (
    <details>
      <summary className="small">{words.changes(changes.length)}</summary>
      <Table caption={`${name} · ${words.history}`} columns={columns}>
        {changes.map(({ version, at, state, forced, share, reason, by }) => (
          <tr key={version}>
            <td>
              <Instant at={at} />
            </td>
            <td>
              <StateBadge state={state} forced={forced} />
            </td>
            <Figure>{Math.round(share * 100)}%</Figure>
            <td>{reasonText(reason, words)}</td>
            <td className="code">{by}</td>
          </tr>
        ))}
      </Table>
    </details>
  )
}
