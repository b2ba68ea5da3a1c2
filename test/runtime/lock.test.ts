import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { takeLock } from '../../config/runtime/lock.ts'
import { temporary } from './rooms.ts'

describe('the lock of a data directory', () => {
  it('is held by one, and names the holder to the next', () => {
    using dir = temporary()
    const lock = takeLock(join(dir.path, 'lock'), dir.path)
    expect(() => takeLock(join(dir.path, 'lock'), dir.path)).to.throw(`in use by another Baedal (process ${process.pid})`)
    lock.release()
    takeLock(join(dir.path, 'lock'), dir.path).release()
    expect(readdirSync(dir.path)).to.deep.equal([])
  })

  it('is taken over when its holder is gone, even if the pid lives on in another process', () => {
    using dir = temporary()
    writeFileSync(join(dir.path, 'lock'), JSON.stringify({ pid: process.pid, identity: 'an earlier process' }))
    const lock = takeLock(join(dir.path, 'lock'), dir.path)
    expect(readdirSync(dir.path)).to.deep.equal(['lock'])
    lock.release()
  })

  it('is taken over when it was cut off by a crash', () => {
    using dir = temporary()
    writeFileSync(join(dir.path, 'lock'), '{"pid":')
    takeLock(join(dir.path, 'lock'), dir.path).release()
  })
})
