import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { findNats } from '../../config/runtime/nats-binary.ts'
import { mirrorIn } from '../../config/runtime/nats-from-debian.ts'
import { natsService } from '../../config/runtime/nats-server.ts'
import { isNewEnough } from '../../config/runtime/nats-version.ts'
import { freePorts, portState } from '../../config/runtime/ports.ts'
import { Supervised } from '../../config/runtime/processes.ts'
import { isAlive, never, surroundings, temporary, thrown } from './rooms.ts'

const CACHE = join(import.meta.dirname, '..', '..', '.cache')

/** Says a version and nothing else. */
const pretender = (folder: string, version: string): string => {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'nats-server')
  writeFileSync(file, `#!/bin/sh\necho "nats-server: v${version}"\n`, { mode: 0o755 })
  return file
}

describe('nats-server', () => {
  it('starts, serves, and leaves nothing running', async function () {
    this.timeout(120_000) // the first time ever it is fetched
    using dir = temporary()
    const binary = await findNats({ path: process.env.PATH ?? '', cacheDir: CACHE, say: () => {}, signal: never })
    const [port = 0] = await freePorts(1, Math.random)
    const nats = new Supervised(natsService({ binary, dir: join(dir.path, 'nats'), port }), surroundings(dir.path))
    await nats.start(never)
    const pid = nats.pid ?? 0
    expect(await portState(port, '127.0.0.1')).to.equal('taken')
    await nats.stop()
    expect(isAlive(pid)).to.equal(false)
    expect(await portState(port, '127.0.0.1')).to.equal('free')
  })

  it('is passed over on PATH when it is too old', async () => {
    using dir = temporary()
    pretender(join(dir.path, 'old'), '2.10.27')
    const cached = pretender(join(dir.path, 'cache'), '2.14.0')
    const search = { path: join(dir.path, 'old'), cacheDir: join(dir.path, 'cache'), say: () => {}, signal: never }
    expect(await findNats(search)).to.equal(cached)
  })

  it('is taken from PATH before the cache', async () => {
    using dir = temporary()
    const onPath = pretender(join(dir.path, 'new'), '2.16.1')
    pretender(join(dir.path, 'cache'), '2.14.0')
    const search = { path: `/nowhere:${join(dir.path, 'new')}`, cacheDir: join(dir.path, 'cache'), say: () => {}, signal: never }
    expect(await findNats(search)).to.equal(onPath)
  })

  it('is not fetched once the start was given up', async () => {
    using dir = temporary()
    const search = {
      path: '/nowhere',
      cacheDir: dir.path,
      say: () => expect.fail('it fetches'),
      signal: AbortSignal.abort(new Error('enough')),
    }
    expect(await thrown(() => findNats(search))).to.have.property('message', 'enough')
  })

  it('must be 2.14 or newer', () => {
    expect(['2.13.9', '2.9.25', '1.99.0'].filter(isNewEnough)).to.deep.equal([])
    expect(['2.14.0', '2.15.1', '3.0.0'].every(isNewEnough)).to.equal(true)
  })
})

describe("the machine's own Debian mirror", () => {
  it('is read from both notations of apt', () => {
    expect(mirrorIn('Types: deb\nURIs: http://mirror.example/debian\nSuites: stable\n')).to.equal('http://mirror.example/debian')
    expect(mirrorIn('# all\ndeb [arch=amd64 signed-by=/k.gpg] https://mirror.example/pub/debian/ stable main\n')).to.equal(
      'https://mirror.example/pub/debian',
    )
    expect(mirrorIn('deb http://mirror.example/debian stable main')).to.equal('http://mirror.example/debian')
  })

  it('is not one of the security updates, of another vendor, or switched off', () => {
    expect(mirrorIn('URIs: http://mirror.example/debian-security\n')).to.equal(undefined)
    expect(mirrorIn('deb http://vendor.example/apt cloud main\n')).to.equal(undefined)
    expect(mirrorIn('# deb http://mirror.example/debian stable main\n')).to.equal(undefined)
  })
})
