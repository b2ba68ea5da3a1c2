import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

describe('npm run bench -- gateway', () => {
  it('pushes every committed transition, and has everybody back in sync after all lines were cut', async () => {
    await run(process.execPath, [join(ROOT, 'bench/run.ts'), 'gateway', '--quick'])
    const { figures } = JSON.parse(await readFile(join(ROOT, 'bench/out/gateway.quick.json'), 'utf8')) as {
      readonly figures: Readonly<Record<string, number>>
    }
    expect(figures).to.include.all.keys(
      ...['pushP50Ms', 'pushP99Ms', 'pushesPerS', 'ratioToBareSocketIo', 'rssPerIdleSocketKb', 'stormResyncS', 'stormOrderP99Ratio'],
    )
    expect(figures).to.deep.include({ transitionsFailed: 0, pushesMissing: 0, stormBack: 100, ordersFailed: 0 })
  }).timeout(180_000)
})
