import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { runJob } from '../../config/runtime/job.ts'
import { freePorts } from '../../config/runtime/ports.ts'
import { type Service, Supervised } from '../../config/runtime/processes.ts'
import { answersOk } from '../../config/runtime/role.ts'
import { isAlive, never, surroundings, temporary, thrown, until } from './rooms.ts'

const node = (name: string, script: string, port = 0): Service => ({
  name,
  command: process.execPath,
  args: ['-e', script],
  cwd: import.meta.dirname,
  env: { ...process.env, PORT: String(port) },
  stopSignal: 'SIGTERM',
  endsWithParent: true,
  isReady: () => answersOk(`http://127.0.0.1:${port}/`),
})
const SERVE = `
  process.stdin.resume().on('end', () => process.exit(0))
  require('node:http').createServer((request, response) => {
    if (request.url !== '/die') return response.end('ok')
    console.error('the oven is on fire')
    process.exit(3)
  }).listen(process.env.PORT, '127.0.0.1')`
const STUBBORN = `process.on('SIGTERM', () => console.log('no'));${SERVE}`

const port = async (): Promise<number> => (await freePorts(1, Math.random))[0] ?? 0

describe('a supervised process', () => {
  it('is started again when it dies, and the reason is told in one line', async () => {
    using dir = temporary()
    const around = surroundings(dir.path)
    const at = await port()
    const kitchen = new Supervised(node('kitchen', SERVE, at), around)
    await kitchen.start(never)
    const first = kitchen.pid
    await fetch(`http://127.0.0.1:${at}/die`).catch(() => {}) // it dies before it answers
    await until('it is back', () => around.said.includes('kitchen is ready again'))
    expect(around.said[0]).to.equal('kitchen ended (exit 3): the oven is on fire; starts again in 0.5 s')
    expect(kitchen.pid).to.be.a('number').and.not.equal(first)
    kitchen.kill('SIGKILL')
    await until('it ended again', () => around.said.length === 3)
    expect(around.said[2]).to.match(/^kitchen ended \(SIGKILL\): .*; starts again in 1 s$/)
    await kitchen.stop()
    expect(kitchen.pid).to.equal(undefined)
  })

  it('that is never ready fails the start with its last words', async () => {
    using dir = temporary()
    const around = surroundings(dir.path)
    const kitchen = new Supervised(node('kitchen', 'console.log("heating"); console.error("no gas"); process.exit(1)'), around)
    const error = await thrown(() => kitchen.start(never))
    expect(error).to.have.property(
      'message',
      `kitchen ended before it was ready (exit 1): no gas (log: ${join(dir.path, 'logs/kitchen.log')})`,
    )
    expect(readFileSync(join(dir.path, 'logs/kitchen.log'), 'utf8')).to.equal('heating\nno gas\n')
    expect(around.said).to.deep.equal([])
    await kitchen.stop()
  })

  it('whose program is missing fails the start', async () => {
    using dir = temporary()
    const missing = new Supervised({ ...node('kitchen', ''), command: '/no/such/program' }, surroundings(dir.path))
    expect(await thrown(() => missing.start(never)))
      .to.have.property('message')
      .that.includes('ENOENT')
    await missing.stop()
  })

  it('is killed when it does not stop in time', async () => {
    using dir = temporary()
    const kitchen = new Supervised(node('kitchen', STUBBORN, await port()), surroundings(dir.path))
    await kitchen.start(never)
    const pid = kitchen.pid ?? 0
    await kitchen.stop(100)
    expect(isAlive(pid)).to.equal(false)
  })

  it('is told by its standard input that nobody watches any more', async () => {
    using dir = temporary()
    const script = `
      const { Supervised } = await import(${JSON.stringify(join(import.meta.dirname, '../../config/runtime/processes.ts'))})
      const service = { ...${JSON.stringify(node('kitchen', SERVE, await port()))}, isReady: async () => true }
      const kitchen = new Supervised(service, { rooms: ${JSON.stringify(surroundings(dir.path).rooms)}, now: Date.now, say() {} })
      await kitchen.start(new AbortController().signal)
      process.kill(process.pid, 'SIGKILL')`
    const watcher = { ...node('watcher', script), args: ['--input-type=module', '-e', script], endsWithParent: false }
    const around = surroundings(join(dir.path, 'outer'))
    const error = await thrown(() => runJob(watcher, around.rooms, never))
    expect(error).to.have.property('message').that.includes('(SIGKILL)')
    const { pid } = JSON.parse(readFileSync(join(dir.path, 'run/kitchen.json'), 'utf8')) as { pid: number }
    await until('the kitchen closed', () => !isAlive(pid))
  })
})
