import { useState } from 'react'
import type { DrainBody, DrainView, HostsView } from '../../../server/contract/hosts.ts'
import { Badge } from '../../design/badge.tsx'
import { Button } from '../../design/button.tsx'
import { useTell } from '../../design/notices.tsx'
import { Switch } from '../../design/switch.tsx'
import { useCall } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import { Instant } from '../parts/instant.tsx'
import { Meter } from '../parts/meter.tsx'
import { Panel } from '../parts/page.tsx'
import { useHosts } from '../parts/reads.ts'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { Shown } from '../parts/shown.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { SYSTEM_WORDS } from './system-words.ts'

type Host = HostsView['hosts'][number]

/** Those who handle orders, and the way to send one of them away. */
export const Hosts = () => {
  const words = useWords(SYSTEM_WORDS)
  const hosts = useHosts()
  const [leaving, setLeaving] = useState<Host>()
  return (
    <Panel title={words.hosts} aside={hosts.data && <span className="soft small">{words.hostsNote(hosts.data.shards)}</span>}>
      <Shown of={hosts}>
        {({ shards, hosts: alive, drains }) => (
          <>
            {alive.length === 0 ? (
              <p role="alert">
                <Badge tone="bad">!</Badge> {words.noHosts}
              </p>
            ) : (
              <Alive hosts={alive} shards={shards} onLeave={setLeaving} />
            )}
            <details>
              <summary>{`${words.drains} (${drains.length})`}</summary>
              {drains.length === 0 ? <p className="soft small">{words.noDrains}</p> : <Drains drains={drains} />}
            </details>
            {leaving && (
              <Leave host={leaving} isLast={alive.length === 1} onClose={() => setLeaving(undefined)} onLeft={() => void hosts.mutate()} />
            )}
          </>
        )}
      </Shown>
    </Panel>
  )
}

interface AliveProps {
  readonly hosts: readonly Host[]
  readonly shards: number
  readonly onLeave: (host: Host) => void
}

const Alive = ({ hosts, shards, onLeave }: AliveProps) => {
  const words = useWords(SYSTEM_WORDS)
  const columns = [
    { key: 'host', title: words.host },
    { key: 'shards', title: words.shards, as: 'number' },
    { key: 'share' },
    { key: 'kinds', title: words.kinds },
    { key: 'machine', title: words.machine },
    { key: 'since', title: words.since },
    { key: 'act', title: words.act, as: 'act' },
  ] as const
  return (
    <Table caption={words.hosts} captionHidden columns={columns}>
      {hosts.map(host => (
        <tr key={host.host}>
          <th scope="row" className="code">
            {host.host}
          </th>
          <Figure>
            {host.shards.length} / {shards}
          </Figure>
          <td>
            <Meter share={host.shards.length / shards} />
          </td>
          <td>{host.kinds.join(', ')}</td>
          <td className="code">{[host.machine, host.pid].filter(part => part !== undefined).join(' · ')}</td>
          <td>{host.since && <Instant at={host.since} />}</td>
          <td className="table-act">
            <Button aria-label={words.drainHost(host.host)} onPress={() => onLeave(host)}>
              {words.drain}
            </Button>
          </td>
        </tr>
      ))}
    </Table>
  )
}

const Drains = ({ drains }: { readonly drains: readonly DrainView[] }) => {
  const words = useWords(SYSTEM_WORDS)
  const columns = [
    { key: 'at', title: words.at },
    { key: 'host', title: words.host },
    { key: 'by', title: words.by },
    { key: 'why', title: words.why },
  ] as const
  return (
    <Table caption={words.drains} captionHidden columns={columns}>
      {drains.map(({ at, host, by, why, forced }) => (
        <tr key={`${host} ${at}`}>
          <td>
            <Instant at={at} />
          </td>
          <th scope="row" className="code">
            {host}
          </th>
          <td className="code">{by}</td>
          <td>
            {why} {forced && <Badge tone="wait">{words.forced}</Badge>}
          </td>
        </tr>
      ))}
    </Table>
  )
}

interface LeaveProps {
  readonly host: Host
  readonly isLast: boolean
  readonly onClose: () => void
  readonly onLeft: () => void
}

const Leave = ({ host: { host, shards }, isLast, onClose, onLeft }: LeaveProps) => {
  const words = useWords(SYSTEM_WORDS)
  const call = useCall()
  const tell = useTell()
  const [force, setForce] = useState(false)
  const leave = async (reason: string): Promise<void> => {
    const body: DrainBody = { reason, force }
    await call<DrainView>(`/api/ops/hosts/${encodeURIComponent(host)}/drain`, { method: 'POST', body })
    tell({ key: `drain ${host}`, tone: 'good', text: words.drained(host) })
    onLeft()
  }
  return (
    <ReasonDialog title={words.drainTitle} act={words.drain} onClose={onClose} onAct={leave}>
      <ul>
        {words.drainEffects(host, shards.length).map(effect => (
          <li key={effect}>{effect}</li>
        ))}
        {isLast && <li>{words.drainLast}</li>}
      </ul>
      {isLast && (
        <Switch isSelected={force} onChange={setForce}>
          {words.drainForce}
        </Switch>
      )}
    </ReasonDialog>
  )
}
