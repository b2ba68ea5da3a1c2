import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

describe('npm run bench -- trade', () => {
  it('lives whole orders in a whole house, tells everyone of everything, charges each once, and has every figure', async () => {
    await run(process.execPath, [join(ROOT, 'bench/run.ts'), 'trade', '--quick'])
    const { figures } = JSON.parse(await readFile(join(ROOT, 'bench/out/trade.quick.json'), 'utf8')) as {
      readonly figures: Readonly<Record<string, number>>
    }
    const keys = [
      'lifecyclesPerS',
      'commandP50Ms',
      'commandP99Ms',
      'pushP50Ms',
      'pushP99Ms',
      'projectorRecordsPerS',
      'projectorLagS',
      'hangingProviderRatio',
    ]
    expect(figures).to.include.all.keys(...keys, 'cpuMsPerLifecycle@web', 'cpuMsPerLifecycle@all')
    for (const key of ['lifecyclesPerS', 'commandP99Ms', 'projectorRecordsPerS']) expect(figures[key], key).to.be.above(0)
    expect(figures).to.deep.include({ lifecyclesFailed: 0, pushesMissing: 0, wronglyCharged: 0 })
  }).timeout(60_000)
})
