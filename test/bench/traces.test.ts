import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

describe('npm run bench -- traces', () => {
  it('says what traces cost, and hands some over', async () => {
    await run(process.execPath, [join(ROOT, 'bench/run.ts'), 'traces', '--quick'])
    const { figures } = JSON.parse(await readFile(join(ROOT, 'bench/out/traces.quick.json'), 'utf8')) as {
      readonly figures: Readonly<Record<string, number>>
    }
    const keys = ['transitionsPerS', 'cpuUs', 'rateRatio', 'cpuRatio'].flatMap(key => ['off', '1%', '100%'].map(mode => `${key}@${mode}`))
    expect(figures).to.include.all.keys(...keys)
    expect(figures).to.deep.include({ 'cpuRatio@off': 1, 'rateRatio@off': 1 })
    expect(figures['transitionsPerS@100%']).to.be.above(0)
    expect(figures.collectedMb).to.be.above(0)
  }).timeout(60_000)
})
