import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { Dice } from '../../bench/chaos/dice.ts'
import { FAULT_KINDS, plan } from '../../bench/chaos/plan.ts'
import { reportLines } from '../../bench/chaos/report.ts'
import { runChaos } from '../../bench/chaos/run.ts'

const TARGETS = ['actors-1', 'actors-2', 'nats-1', 'nats-2', 'payments', 'postgres', 'web']

describe('the plan of faults', () => {
  const faults = plan(new Dice(42), 600_000, TARGETS)

  it('is the same for the same seed, and another for another', () => {
    expect(plan(new Dice(42), 600_000, TARGETS)).to.deep.equal(faults)
    expect(plan(new Dice(43), 600_000, TARGETS)).to.not.deep.equal(faults)
  })

  it('has a fault at least every 2 s, of every kind and for everybody', () => {
    const gaps = faults.map(({ atMs }, i) => atMs - (faults[i - 1]?.atMs ?? 0))
    expect(Math.max(...gaps)).to.be.at.most(2_000)
    expect(new Set(faults.map(({ kind }) => kind))).to.have.all.keys(...Object.keys(FAULT_KINDS))
    expect(new Set(faults.map(({ target }) => target))).to.have.all.keys(...TARGETS)
  })

  it('leaves a cluster its majority', () => {
    const servers = faults.filter(({ target }) => target.startsWith('nats'))
    expect(servers.length).to.be.above(10)
    const overlapping = servers.filter(({ atMs }, i) => {
      const before = servers[i - 1]
      return before !== undefined && before.atMs + before.forMs >= atMs
    })
    expect(overlapping).to.deep.equal([])
  })

  it('cuts no cable where there is none', () => {
    const cut = faults.filter(({ kind }) => kind === 'cut' || kind === 'stall').map(({ target }) => target)
    expect(cut.filter(target => /nats|postgres/.test(target))).to.deep.equal([])
  })
})

describe('a minute of faults', function () {
  this.timeout(420_000)

  it('leaves nothing lost, nothing done twice and nobody in the dark', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'baedal-chaos-'))
    const told: string[] = []
    const report = await runChaos({ seconds: 60, seed: 42, cluster: 1, ordersPerSecond: 2, dataDir, say: line => told.push(line) })
    expect(report.violations, `${[...told, ...reportLines(report)].join('\n')}\ndata and logs: ${dataDir}`).to.deep.equal([])
    expect(report.toll.entries.reduce((sum, [, { count }]) => sum + count, 0)).to.be.at.least(30)
    expect(report.evidence.asked.filter(({ answer }) => answer.kind === 'moved').length).to.be.above(200)
  })
})
