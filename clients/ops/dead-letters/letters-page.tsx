import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { DeadLetterView } from '../../../server/contract/ops.ts'
import { Badge } from '../../design/badge.tsx'
import { useRead } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import type { LetterPage } from '../now/sources.ts'
import { Instant } from '../parts/instant.tsx'
import { Page, Panel } from '../parts/page.tsx'
import { Shown } from '../parts/shown.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { LetterPanel } from './letter-panel.tsx'
import { LETTER_WORDS, reasonName, workName } from './letter-words.ts'
import { Tried } from './tried.tsx'
import './letters.css'

const PAGE = 20

/** `?cursor=…` is the page, `?letter=…` the one that is looked at: both can be linked to, and left by the browser's back. */
export const LettersPage = () => {
  const words = useWords(LETTER_WORDS)
  const [search] = useSearchParams()
  const cursor = search.get('cursor')
  const chosen = search.get('letter')
  const [tried, setTried] = useState<readonly DeadLetterView[]>([])
  const at = (more: Readonly<Record<string, string | null>>): string => {
    const given = Object.entries({ cursor, ...more }).filter((entry): entry is [string, string] => entry[1] !== null)
    return given.length === 0 ? '/dead-letters' : `/dead-letters?${new URLSearchParams(given)}`
  }
  const page = useRead<LetterPage>(`/api/ops/dead-letters?limit=${PAGE}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, {
    everyMs: 5_000,
  })
  const letters = page.data?.items ?? []
  const shown = letters.find(({ id }) => id === chosen)
  const retried = (letter: DeadLetterView): void => {
    setTried(before => [letter, ...before.filter(({ id }) => id !== letter.id)])
    void page.mutate()
  }
  return (
    <Page title={words.title}>
      <p className="soft small page-fine">{words.intro}</p>
      {tried.length > 0 && <Tried letters={tried} waiting={letters} />}
      <div className="letters">
        <Panel title={words.list}>
          <Shown of={page}>
            {({ items, nextCursor }) => (
              <>
                {items.length === 0 ? (
                  <p className="soft">{cursor === null ? words.empty : words.emptyPage}</p>
                ) : (
                  <Letters letters={items} chosen={chosen} hrefOf={letter => at({ letter })} />
                )}
                <p className="letters-pages">
                  {cursor !== null && <Link href="/dead-letters">{words.first}</Link>}
                  {nextCursor !== null && <Link href={at({ cursor: nextCursor })}>{words.next}</Link>}
                </p>
              </>
            )}
          </Shown>
        </Panel>
        {shown ? (
          <LetterPanel key={shown.id} letter={shown} onRetried={retried} />
        ) : (
          letters.length > 0 && (
            <Panel title={words.letter}>
              <p className="soft small">{chosen === null ? words.pick : words.gone}</p>
            </Panel>
          )
        )}
      </div>
    </Page>
  )
}

interface LettersProps {
  readonly letters: readonly DeadLetterView[]
  readonly chosen: string | null
  readonly hrefOf: (id: string) => string
}

const Letters = ({ letters, chosen, hrefOf }: LettersProps) => {
  const words = useWords(LETTER_WORDS)
  const columns = [
    { key: 'what', title: words.what },
    { key: 'whose', title: words.whose },
    { key: 'reason', title: words.reason },
    { key: 'attempts', title: words.attempts, as: 'number' },
    { key: 'at', title: words.at },
    { key: 'state', title: words.state },
  ] as const
  return (
    <Table caption={words.list} captionHidden columns={columns}>
      {letters.map(({ id, src, address, reason, attempts, at, retried }) => (
        <tr key={id} className="table-links" aria-current={id === chosen ? 'true' : undefined}>
          <th scope="row">
            <Link href={hrefOf(id)} aria-label={words.lookAt(workName(src, words), address)}>
              {workName(src, words)}
            </Link>
          </th>
          <td className="code">{address}</td>
          <td>{reasonName(reason, words)}</td>
          <Figure>{words.attemptsOf(attempts)}</Figure>
          <td>
            <Instant at={at} />
          </td>
          <td>{retried ? <Badge tone="info">{words.retriedBy}</Badge> : <Badge tone="bad">{words.waits}</Badge>}</td>
        </tr>
      ))}
    </Table>
  )
}
