import { expect } from 'chai'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemorySignals } from '../../actors/memory/signals.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'
import { type ActorRecord, NOTHING_AWAITED } from '../../actors/record.ts'
import { Router } from '../../actors/router.ts'
import { evtSubject } from '../../actors/subjects.ts'
import { STREAMS } from '../../config/streams.ts'
import { DEFAULT_BREAKER } from '../../machines/breaker-figures.ts'
import { Verdicts } from '../../server/breakers/verdicts.ts'
import { archiveRowOf } from '../../server/db/archive-row.ts'
import { type BreakerServices, Breakers } from '../../server/gateway/breakers.ts'
import { ReadModel } from '../db/read-model.ts'

const OPS = { role: 'ops', id: 'ops-1' } as const
const ADDRESS = { kind: 'breaker', id: 'confirm' } as const
const SUBJECT = evtSubject(ADDRESS, ['_'])
const at = (version: number): string => new Date(Date.UTC(2026, 10, 25) + version * 1_000).toISOString()

/** Every other record brings a change; those between report a probe. */
const record = (version: number): ActorRecord => {
  const change = version - ((version + 1) % 2)
  return {
    v: 1,
    machine: 'breaker@1',
    id: 'confirm',
    version,
    at: at(version),
    by: { role: 'system', id: 'host-1' },
    commandId: `c-${version}`,
    event: { type: 'probed' },
    state: {
      status: 'active',
      value: change % 4 === 1 ? 'open' : 'closed',
      context: { id: 'confirm', since: at(change), reason: `change ${change}`, share: 0, settings: DEFAULT_BREAKER, opens: 0, passed: 0 },
    },
    waits: NOTHING_AWAITED,
    replies: [],
  }
}

describe('the history of a breaker', () => {
  it('goes back into the archive where the log has let go of it, and does without while that is away', async () => {
    await using model = await ReadModel.open('breaker-history')
    const clock = new HandClock(0)
    const log = new MemoryLog({ clock, streams: STREAMS })
    const records = Array.from({ length: 260 }, (_, i) => record(i + 1))
    const archived = records.map(body =>
      archiveRowOf('ENTITIES', { subject: SUBJECT, seq: body.version, at: body.at, body, text: JSON.stringify(body) }),
    )
    expect(await model.write.write({ after: 0, upTo: 260, rows: [], records: archived })).to.deep.equal({ kind: 'written' })
    for (const each of records.slice(-19)) {
      const expectedSeq = (await log.latest(ADDRESS))?.seq ?? 0
      const entry = { stream: 'ENTITIES', address: ADDRESS, subject: SUBJECT, record: each, expectedSeq, messages: [] }
      expect(await log.append([entry])).to.include({ kind: 'appended' })
    }
    const verdicts = await Verdicts.open({ log, signals: new MemorySignals(), now: () => 0 })
    const router = new Router({ wire: new MemoryWire(), now: Date.now, random: Math.random })
    const changes = async (archive: NonNullable<BreakerServices['archive']>) =>
      (await new Breakers({ log, archive, router, verdicts, now: () => 0 }).history(OPS, 'confirm')).map(({ version }) => version)

    expect(await changes(model.read)).to.deep.equal(Array.from({ length: 100 }, (_, i) => 259 - 2 * i))
    // The oldest that is left came into no state.
    expect(await changes({ breakerRecords: () => Promise.reject(new Error('down')) })).to.deep.equal([
      259, 257, 255, 253, 251, 249, 247, 245, 243,
    ])
  })
})
