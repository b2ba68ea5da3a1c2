import { expect } from 'chai'
import { judge } from '../../../clients/ops/now/health.ts'
import type { Sources } from '../../../clients/ops/now/sources.ts'

const AT = '2026-11-27T09:30:00.000Z'
const NOW = Date.parse(AT) + 60_000

const CALM: Sources = {
  breakers: { data: [{ name: 'confirm', state: 'closed', since: AT, reason: 'NEW', forced: false, share: 1 }] },
  alarms: { data: [] },
  room: { data: { known: true, waiting: 0, perS: 40, busy: false } },
  open: { data: { byStatus: {}, cells: [] } },
  lag: { data: { streams: [], readers: [{ reader: 'projector', stream: 'ORDERS', position: 9, behind: 3 }], unknown: [] } },
  hosts: { data: { shards: 64, hosts: [{ host: 'host-a', kinds: ['order'], shards: [0] }], drains: [] } },
  letters: { data: { items: [], nextCursor: null } },
  messages: { data: { mode: 'all', reason: '', changes: [] } },
  figures: {
    data: {
      gateway: 'g',
      since: AT,
      commandsPerS: 1,
      ordersPerS: 1,
      pushesPerS: 1,
      sockets: 1,
      commandP50Ms: 3,
      commandP99Ms: 9,
      loopDelayMs: 2,
    },
  },
}
const judged = (changes: Partial<Sources>, connected = true) => {
  const { state, findings } = judge({ ...CALM, ...changes }, connected, NOW)
  return [state, ...findings.map(({ kind, gravity, since }) => [kind, gravity, since].filter(part => part !== undefined).join(' '))]
}

describe('the sentence on how the whole is doing', () => {
  it('says that all is well only when everything has answered', () => {
    expect(judged({})).to.deep.equal(['well'])
    expect(judged({ lag: {} })).to.deep.equal(['checking'])
    expect(judged({ lag: { error: new Error('503') } })).to.deep.equal(['bad', 'unread bad'])
  })

  it('names what cannot be asked, though the last answer is still there', () => {
    const { findings } = judge({ ...CALM, lag: { ...CALM.lag, error: new Error('503') }, open: { error: new Error('503') } }, true, NOW)
    expect(findings).to.deep.equal([{ kind: 'unread', gravity: 'bad', sources: ['open', 'lag'] }])
    expect(judged({}, false)).to.deep.equal(['bad', 'offline bad'])
  })

  it('tells an open breaker from one that tests, and one that is held closed', () => {
    const of = (state: 'open' | 'halfOpen' | 'closed', forced = false) =>
      judged({ breakers: { data: [{ name: 'cancel', state, since: AT, reason: 'FAILURES', forced, share: 0 }] } })
    expect(of('open')).to.deep.equal(['bad', `breaker bad ${AT}`])
    expect(of('halfOpen')).to.deep.equal(['watch', `breaker watch ${AT}`])
    expect(of('closed', true)).to.deep.equal(['watch', `breaker watch ${AT}`])
    expect(of('closed')).to.deep.equal(['well'])
  })

  it('worries of the waiting room when it stands still, or somebody has waited two minutes', () => {
    const of = (waiting: number, perS: number, waitedMs = 0, busy = true) =>
      judged({
        room: { data: { known: true, waiting, perS, busy, oldest: { orderId: 'o_1', since: new Date(NOW - waitedMs).toISOString() } } },
      }).map(line => line.split(' ').slice(0, 2).join(' '))
    expect(of(8, 4, 30_000)).to.deep.equal(['watch', 'room watch'])
    expect(of(8, 0, 30_000)).to.deep.equal(['bad', 'room bad'])
    expect(of(8, 4, 121_000)).to.deep.equal(['bad', 'room bad'])
    expect(of(8, 4, 0, false), 'a backlog that nobody is kept at the door for').to.deep.equal(['well'])
    expect(judged({ room: { data: { known: false, waiting: 0, perS: 0, busy: false } } })).to.deep.equal(['watch', 'roomUnknown watch'])
  })

  it('counts unseen orders and dead letters from the oldest, and leaves out what is being tried again', () => {
    const alarm = (orderId: string, placedAt: string) => ({ orderId, store: { id: 's', name: 's' }, alerts: 6, placedAt })
    const alarms = { data: [alarm('o_2', '2026-11-27T09:20:00.000Z'), alarm('o_1', '2026-11-27T09:10:00.000Z')] }
    expect(judged({ alarms })).to.deep.equal(['bad', 'unseen bad 2026-11-27T09:10:00.000Z'])
    const letter = { id: 'fx:order/o_1:1-0', src: 'cancelPayment', address: 'order/o_1', attempts: 3, reason: 'TIMEOUT', at: AT }
    const retried = { ...letter, retried: { at: AT, by: 'ops/ops-1', why: 'mended' } }
    expect(judged({ letters: { data: { items: [letter], nextCursor: null } } })).to.deep.equal(['bad', `letters bad ${AT}`])
    expect(judged({ letters: { data: { items: [retried], nextCursor: null } } })).to.deep.equal(['well'])
  })

  it('minds a reader that is far behind, but not the backlog that is the waiting room', () => {
    const of = (reader: string, behind: number) =>
      judged({ lag: { data: { streams: [], readers: [{ reader, stream: 'ORDERS', position: 1, behind }], unknown: [] } } })
    expect(of('projector', 999)).to.deep.equal(['well'])
    expect(of('projector', 1_000)).to.deep.equal(['watch', 'lag watch'])
    expect(of('projector', 10_000)).to.deep.equal(['bad', 'lag bad'])
    expect(of('fx-confirmPayment', 10_000)).to.deep.equal(['well'])
    const readers = ['ORDERS', 'ENTITIES'].map(stream => ({ reader: 'projector', stream, position: 1, behind: 2_000 }))
    const { findings } = judge({ ...CALM, lag: { data: { streams: [], readers, unknown: [] } } }, true, NOW)
    expect(findings.map(finding => finding.kind === 'lag' && finding.stream)).to.deep.equal(['ORDERS', 'ENTITIES'])
  })

  it('puts the worst first', () => {
    const figures = { data: { ...CALM.figures.data, commandP99Ms: 1_500, loopDelayMs: 300 } as Sources['figures']['data'] }
    const hosts = { data: { shards: 64, hosts: [], drains: [] } }
    const messages = { data: { mode: 'noSms' as const, since: AT, reason: 'late', changes: [] } }
    expect(judged({ figures, hosts, messages })).to.deep.equal(['bad', 'noHosts bad', `messages watch ${AT}`, 'busy watch', 'slow watch'])
  })
})
