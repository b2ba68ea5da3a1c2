import { Link } from 'wouter'
import { useLanguage, useWords } from '../../web/language.tsx'
import { BREAKER_WORDS, reasonText } from '../breakers/breaker-words.ts'
import { StateBadge } from '../breakers/state-badge.tsx'
import { Instant } from '../parts/instant.tsx'
import { Meter } from '../parts/meter.tsx'
import { Panel } from '../parts/page.tsx'
import { furthestFirst, useBreakers, useHosts, useLag } from '../parts/reads.ts'
import { Shown } from '../parts/shown.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { SYSTEM_WORDS } from '../system/system-words.ts'
import { NOW_WORDS } from './now-words.ts'

export const BreakersGlance = () => {
  const words = useWords(NOW_WORDS)
  const breakerWords = useWords(BREAKER_WORDS)
  const breakers = useBreakers()
  const columns = [
    { key: 'name', title: words.name },
    { key: 'state', title: words.state },
    { key: 'since', title: words.since },
    { key: 'reason', title: words.reason },
  ] as const
  return (
    <Panel title={words.breakers} aside={<Link href="/breakers">{words.toSystem}</Link>}>
      <Shown of={breakers}>
        {all =>
          all.length === 0 ? (
            <p className="soft small">{breakerWords.none}</p>
          ) : (
            <Table caption={words.breakers} captionHidden columns={columns}>
              {all.map(({ name, state, forced, since, reason }) => (
                <tr key={name}>
                  <th scope="row">{breakerWords.names[name]}</th>
                  <td>
                    <StateBadge state={state} forced={forced} />
                  </td>
                  <td>
                    <Instant at={since} />
                  </td>
                  <td>{reasonText(reason, breakerWords)}</td>
                </tr>
              ))}
            </Table>
          )
        }
      </Shown>
    </Panel>
  )
}

/** The furthest behind; the rest is on another screen. */
const SHOWN = 5

export const LagsGlance = () => {
  const words = useWords(NOW_WORDS)
  const systemWords = useWords(SYSTEM_WORDS)
  const { language } = useLanguage()
  const lag = useLag()
  const columns = [
    { key: 'reader', title: systemWords.reader },
    { key: 'behind', title: systemWords.behind, as: 'number' },
  ] as const
  return (
    <Panel title={words.readers} aside={<Link href="/system">{words.toSystem}</Link>}>
      <Shown of={lag}>
        {({ readers }) => (
          <Table caption={words.readers} captionHidden columns={columns}>
            {furthestFirst(readers)
              .slice(0, SHOWN)
              .map(({ reader, stream, behind }) => (
                <tr key={`${stream} ${reader}`}>
                  <th scope="row" className="code">
                    {reader} <span className="soft">{stream}</span>
                  </th>
                  <Figure>{behind.toLocaleString(language)}</Figure>
                </tr>
              ))}
          </Table>
        )}
      </Shown>
    </Panel>
  )
}

export const HostsGlance = () => {
  const words = useWords(NOW_WORDS)
  const systemWords = useWords(SYSTEM_WORDS)
  const hosts = useHosts()
  const columns = [
    { key: 'host', title: systemWords.host },
    { key: 'shards', title: words.shards, as: 'number' },
    { key: 'share' },
    { key: 'since', title: words.since },
  ] as const
  return (
    <Panel title={words.hosts} aside={<Link href="/system">{words.toSystem}</Link>}>
      <Shown of={hosts}>
        {({ hosts: alive, shards: all }) =>
          alive.length === 0 ? (
            <p>{words.noHosts}</p>
          ) : (
            <Table caption={words.hosts} captionHidden columns={columns}>
              {alive.map(({ host, shards, since }) => (
                <tr key={host}>
                  <th scope="row" className="code">
                    {host}
                  </th>
                  <Figure>
                    {shards.length} / {all}
                  </Figure>
                  <td>
                    <Meter share={shards.length / all} />
                  </td>
                  <td>{since && <Instant at={since} />}</td>
                </tr>
              ))}
            </Table>
          )
        }
      </Shown>
    </Panel>
  )
}
