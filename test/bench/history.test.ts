import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

describe('npm run bench -- history', () => {
  it('reads first, deep and last pages of histories that grow, and has every figure', async () => {
    await run(process.execPath, [join(ROOT, 'bench/run.ts'), 'history', '--quick'])
    const { figures } = JSON.parse(await readFile(join(ROOT, 'bench/out/history.quick.json'), 'utf8')) as {
      readonly figures: Readonly<Record<string, number>>
    }
    for (const key of ['firstPageP99Ms@1k', 'deepPageP99Ms@10k', 'lastPageP99Ms@10k', 'flatRatio']) expect(figures[key], key).to.be.above(0)
  })
})
