import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

describe('npm run bench -- payment', () => {
  it('lives a spike, the provider’s death and its recovery in a whole house, loses nobody, charges nobody twice, and has every figure', async () => {
    await run(process.execPath, [join(ROOT, 'bench/run.ts'), 'payment', '--quick'])
    const { figures } = JSON.parse(await readFile(join(ROOT, 'bench/out/payment.quick.json'), 'utf8')) as {
      readonly figures: Readonly<Record<string, number>>
    }
    const keys = ['goodputRatio', 'openAfterS', 'recoverS', 'doubleCharges', 'lostOrders', 'unrelatedP99Ratio', 'unrelatedSpikeP99Ratio']
    const more = ['pspMostAtOnce', 'pspOverCapacity', 'admittedSucceeded', 'probesAtOnce', 'waitingMost', 'refundP99Ms', 'loadAverage']
    for (const key of [...keys, ...more]) expect(figures[key], key).to.satisfy(Number.isFinite)
    expect(figures).to.deep.include({ doubleCharges: 0, lostOrders: 0, admittedSucceeded: 1, ordersRefused: 0 })
    expect(figures.goodputRatio).to.be.above(0)
    expect(figures.waitingMost).to.be.above(0)
    expect(await readFile(join(ROOT, 'bench/out/payment.quick.svg'), 'utf8')).to.match(/^<svg [\s\S]*<\/svg>$/)
  }).timeout(120_000)
})
