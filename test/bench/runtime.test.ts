import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)
const bench = (...args: readonly string[]) => run(process.execPath, [join(ROOT, 'bench/run.ts'), ...args])

describe('npm run bench', () => {
  it('explains itself, and names what it knows when asked for what it does not', async () => {
    expect((await bench('--help')).stdout)
      .to.include('npm run bench -- <name>')
      .and.to.include('runtime')
    const refused = await bench('nonsense').catch((error: { readonly stderr: string; readonly code: number }) => error)
    expect(refused).to.deep.include({ code: 1 })
    expect(refused.stderr).to.match(/^bench: no benchmark "nonsense"; there are: runtime\b/)
  })

  it('has every figure of the runtime', async () => {
    await bench('runtime', '--quick')
    const report = JSON.parse(await readFile(join(ROOT, 'bench/out/runtime.quick.json'), 'utf8')) as {
      readonly name: string
      readonly figures: Readonly<Record<string, number>>
    }
    const levels = ['transitionsPerS', 'p50Ms', 'p99Ms', 'ratioToRawSingle', 'ratioToRawBatch'].flatMap(key =>
      [1, 64, 256, 1_024].map(callers => `${key}@${callers}`),
    )
    expect(report.figures).to.include.all.keys(...levels, 'failoverS', 'loadsPerS', 'bytesPerResident', 'timersFiredPerS')
    expect(report.figures['transitionsPerS@64']).to.be.above(0)
    expect(report.figures).to.deep.include({ drainFailed: 0, failoverFailed: 0 })
  }).timeout(60_000)

  it('has every figure of more hosts and more streams, each a whole one', async () => {
    await bench('scaling', '--quick')
    const { figures } = JSON.parse(await readFile(join(ROOT, 'bench/out/scaling.quick.json'), 'utf8')) as {
      readonly figures: Readonly<Record<string, number>>
    }
    for (const house of ['1x1', '4x4']) {
      for (const key of ['transitionsPerS', 'p99Ms', 'hostCpuUs', 'natsCpuUs']) expect(figures[`${key}@${house}`], key).to.be.above(0)
      expect(figures[`failed@${house}`]).to.equal(0)
    }
  }).timeout(60_000)
})
