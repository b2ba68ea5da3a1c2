import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { emptyDataDir, openDataDir } from '../../config/runtime/data-dir.ts'
import { keepSecrets } from '../../config/runtime/secrets.ts'
import { temporary } from './rooms.ts'

const secret = (): string => 'x'.repeat(48)

describe('the data directory', () => {
  it('is not taken when it holds the files of others', () => {
    using dir = temporary()
    writeFileSync(join(dir.path, 'thesis.txt'), 'years of work')
    expect(() => openDataDir(dir.path)).to.throw('was not made by Baedal')
    expect(readdirSync(dir.path)).to.deep.equal(['thesis.txt'])
  })

  it('says so when a file is in the way', () => {
    using dir = temporary()
    writeFileSync(join(dir.path, 'file'), '')
    expect(() => openDataDir(join(dir.path, 'file', 'data'))).to.throw(/ENOTDIR/)
  })

  it('loses what we made when it is emptied, and nothing else', () => {
    using dir = temporary()
    const data = openDataDir(dir.path)
    keepSecrets(data.secrets, secret)
    mkdirSync(data.postgres)
    writeFileSync(join(data.nats, 'message'), '')
    writeFileSync(join(dir.path, 'notes.txt'), 'mine')
    emptyDataDir(openDataDir(dir.path))
    expect(readdirSync(dir.path).sort()).to.deep.equal(['.baedal', 'logs', 'nats', 'notes.txt', 'run'])
    expect(readdirSync(data.nats)).to.deep.equal([])
  })

  it('keeps its secrets from start to start, for its owner only', () => {
    using dir = temporary()
    const path = join(dir.path, 'secrets.json')
    const first = keepSecrets(path, secret)
    expect(keepSecrets(path, () => 'y'.repeat(48))).to.deep.equal(first)
    expect(statSync(path).mode & 0o777).to.equal(0o600)
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 20))
    expect(() => keepSecrets(path, secret)).to.throw('cannot be read as our secrets')
  })

  it('adds to the secrets of an earlier release what that did not know, and changes none of them', () => {
    using dir = temporary()
    const path = join(dir.path, 'secrets.json')
    const { vapidPublicKey: _public, vapidPrivateKey: _private, natsSecret: _nats, ...earlier } = keepSecrets(path, secret)
    writeFileSync(path, JSON.stringify(earlier))
    const now = keepSecrets(path, () => 'y'.repeat(48))
    expect(now).to.include(earlier)
    expect(now.natsSecret).to.have.length(48)
    expect(now.vapidPublicKey).to.match(/^B[\w-]{86}$/)
    expect(keepSecrets(path, secret), 'browsers have subscribed to this key').to.deep.equal(now)
    expect(statSync(path).mode & 0o777).to.equal(0o600)
  })
})
