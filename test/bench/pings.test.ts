import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

describe('npm run bench -- pings', () => {
  it('takes every position of every rider, keeps the last of each, and writes none into the log', async () => {
    await run(process.execPath, [join(ROOT, 'bench/run.ts'), 'pings', '--quick'])
    const { figures } = JSON.parse(await readFile(join(ROOT, 'bench/out/pings.quick.json'), 'utf8')) as {
      readonly figures: Readonly<Record<string, number>>
    }
    expect(figures).to.include.all.keys('pingsPerS', 'pingP50Ms', 'pingP99Ms', 'pingsAccepted', 'cpuUsPerPing@web')
    expect(figures).to.deep.include({ pingsNotTaken: 0, ridersLastPingLost: 0, pingLogWrites: 0 })
    expect(figures.pingsAccepted).to.be.above(100)
  }).timeout(180_000)
})
