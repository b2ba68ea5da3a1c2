import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readHouseFile, removeHouseFile, writeHouseFile } from '../../config/house-file.ts'
import { askedOf } from '../../config/whereabouts.ts'

/** NATS without TLS, or with the certificates that the machine believes. */
const NO_TLS = { caFile: '', certFile: '', keyFile: '' }
const HOUSE = { natsUrl: 'nats://127.0.0.1:1', databaseUrl: 'postgresql://u:p@127.0.0.1:2/db', replicas: 3 }

describe('where a house is found', () => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'baedal-where-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it('is written down for its owner alone, and gone when the house is', () => {
    writeHouseFile(dir, HOUSE)
    expect(readHouseFile(dir)).to.deep.equal(HOUSE)
    expect(statSync(join(dir, 'house.json')).mode & 0o777).to.equal(0o600)
    removeHouseFile(dir)
    expect(readHouseFile(dir)).to.equal(undefined)
    removeHouseFile(dir)
  })

  it('is asked of the flag, then of the environment, then of the house', () => {
    writeHouseFile(dir, HOUSE)
    expect(askedOf('verify', ['--data-dir', dir], {})).to.deep.equal({ kind: 'house', where: { ...HOUSE, tls: NO_TLS }, own: {} })
    expect(askedOf('verify', [], { DATA_DIR: dir, NATS_URL: 'nats://b' })).to.deep.equal({
      kind: 'house',
      where: { ...HOUSE, natsUrl: 'nats://b', tls: NO_TLS },
      own: {},
    })
    const outside = { NATS_URL: 'nats://b', DATABASE_URL: 'postgresql://c', NATS_TLS_CA: '/ca.crt' }
    expect(askedOf('verify', ['--data-dir', join(dir, 'none')], outside)).to.deep.equal({
      kind: 'house',
      where: { natsUrl: 'nats://b', databaseUrl: 'postgresql://c', replicas: 1, tls: { ...NO_TLS, caFile: '/ca.crt' } },
      own: {},
    })
  })

  it('says yes to a switch of the command that was given', () => {
    writeHouseFile(dir, HOUSE)
    const ask = (...args: string[]) => askedOf('restore', args, { DATA_DIR: dir }, { switches: ['repair'] })
    expect(ask('--repair')).to.deep.include({ own: { repair: 'yes' } })
    expect(ask()).to.deep.include({ own: {} })
    expect(ask('--repair=much')).to.include({ kind: 'wrong' })
  })

  it('is looked for beside the command’s own flags, but for one that needs no house', () => {
    writeHouseFile(dir, HOUSE)
    const own = { names: ['to', 'check'], alone: ['check'] }
    const ask = (...args: string[]) => askedOf('backup', args, { DATA_DIR: dir }, own)
    expect(ask('--to', 'x')).to.deep.equal({ kind: 'house', where: { ...HOUSE, tls: NO_TLS }, own: { to: 'x' } })
    expect(askedOf('backup', ['--check', 'y'], { DATA_DIR: join(dir, 'none') }, own)).to.deep.equal({ kind: 'alone', own: { check: 'y' } })
    expect(ask('--from', 'x')).to.deep.equal({
      kind: 'wrong',
      line: `Unknown option '--from'. "npm run backup -- --help" lists the flags.`,
    })
  })

  it('is said to be unknown in one line', () => {
    const line = (args: readonly string[], env = {}): string => {
      const asked = askedOf('verify', args, env)
      return asked.kind === 'wrong' ? asked.line : asked.kind
    }
    expect(line(['--data-dir', dir])).to.equal(`no house runs in ${dir}: open one with npm start, or name its NATS_URL and DATABASE_URL.`)
    expect(line(['--data-dri', dir])).to.equal(`Unknown option '--data-dri'. "npm run verify -- --help" lists the flags.`)
    expect(line(['-h'])).to.equal('help')
    mkdirSync(join(dir, 'torn'))
    writeFileSync(join(dir, 'torn', 'house.json'), '{"natsUrl":"nats:')
    expect(line(['--data-dir', join(dir, 'torn')])).to.match(/^no house runs in /)
    expect(line([], { NATS_URL: 'a', DATABASE_URL: 'b', NATS_REPLICAS: '2' })).to.match(/^NATS_REPLICAS must be 1, 3 or 5/)
  })
})
