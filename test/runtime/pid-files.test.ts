import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { stopLeftOvers, writePidFile } from '../../config/runtime/pid-files.ts'
import { isAlive, temporary } from './rooms.ts'

const sleeper = async (): Promise<ChildProcess & { pid: number }> => {
  const child = spawn('sleep', ['60'])
  await once(child, 'spawn')
  return child as ChildProcess & { pid: number }
}

describe('what a killed house left running', () => {
  it('is stopped by the next one', async () => {
    using dir = temporary()
    const child = await sleeper()
    writePidFile(dir.path, 'nats', child.pid, 'SIGTERM')
    const found: string[] = []
    const gone = once(child, 'exit')
    await stopLeftOvers(dir.path, name => found.push(name))
    expect(found).to.deep.equal(['nats'])
    expect(await gone).to.deep.equal([null, 'SIGTERM'])
    expect(readdirSync(dir.path)).to.deep.equal([])
  })

  it('is not confused with a stranger who was given its pid', async () => {
    using dir = temporary()
    const child = await sleeper()
    writeFileSync(join(dir.path, 'nats.json'), JSON.stringify({ pid: child.pid, identity: 'of old', stopSignal: 'SIGTERM' }))
    await stopLeftOvers(dir.path, () => expect.fail('it is not ours'))
    expect(isAlive(child.pid)).to.equal(true)
    expect(readdirSync(dir.path)).to.deep.equal([])
    child.kill()
    await once(child, 'exit')
  })
})
