import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

describe('npm run bench -- country', () => {
  it('plays a small part of the night, says whether it kept up, and what the whole would take', async () => {
    const { stdout } = await run(process.execPath, [join(ROOT, 'bench/run.ts'), 'country', '--quick'])
    const { figures } = JSON.parse(await readFile(join(ROOT, 'bench/out/country.quick.json'), 'utf8')) as {
      readonly figures: Readonly<Record<string, number>>
    }
    expect(stdout)
      .to.match(/^kept up: (yes|NO)$/m)
      .and.to.include('It rests upon this')
    for (const key of ['ordersLived', 'positionsPerS', 'looksPerS', 'pushesPerS', 'commandP99Ms', 'cores@web', 'countryCores@web'])
      expect(figures[key], key).to.be.above(0)
    expect(figures).to.include({ scale: 0.01, ordersFailed: 0, pushesMissing: 0, looksFailed: 0 })
    expect(figures.ordersPerSAsked).to.be.closeTo(1.51, 0.001)
    expect(figures['countryCores@web']).to.be.closeTo((figures['cores@web'] ?? 0) / 0.01, 1e-6)
  }).timeout(170_000)

  it('knows which parts there are', async () => {
    const refused = async (...flags: readonly string[]) =>
      run(process.execPath, [join(ROOT, 'bench/run.ts'), 'country', ...flags]).then(
        () => '',
        (error: { readonly stderr: string }) => error.stderr,
      )
    expect(await refused('--scale', '2')).to.equal('bench: --scale must be a number from 0.001 to 1\n')
    expect(await refused('--minutes', 'soon')).to.equal('bench: --minutes must be a number from 0.1 to 60\n')
  })
})
