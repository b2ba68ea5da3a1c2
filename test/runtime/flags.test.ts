import { expect } from 'chai'
import { readFlags } from '../../config/runtime/flags.ts'

describe('the flags of npm start', () => {
  it('have defaults', () => {
    expect(readFlags([], {})).to.deep.equal({
      kind: 'start',
      port: 8080,
      dataDir: '.data',
      fresh: false,
      serversOnly: false,
      cluster: 1,
      hosts: 1,
      payments: 1,
    })
  })

  it('win over the environment', () => {
    const env = { PORT: '9000', DATA_DIR: '/b', NATS_URL: 'nats://n:4222', DATABASE_URL: 'postgresql://p/d', BAEDAL_CACHE: '/c' }
    expect(
      readFlags(
        [
          '--port',
          '9001',
          '--data-dir',
          '/a',
          '--fresh',
          '--from',
          '/d',
          '--servers-only',
          '--cluster',
          '3',
          '--hosts',
          '3',
          '--payments',
          '2',
        ],
        env,
      ),
    ).to.deep.equal({
      kind: 'start',
      port: 9001,
      dataDir: '/a',
      fresh: true,
      from: '/d',
      serversOnly: true,
      natsUrl: 'nats://n:4222',
      databaseUrl: 'postgresql://p/d',
      cacheDir: '/c',
      cluster: 3,
      hosts: 3,
      payments: 2,
    })
    expect(readFlags([], env)).to.include({ port: 9000, dataDir: '/b' })
  })

  it('show help whatever else is given', () => {
    expect(readFlags(['--help', '--cluster', '3'], {})).to.deep.equal({ kind: 'help' })
  })

  for (const [args, words] of [
    [['--prot', '1'], "Unknown option '--prot'"],
    [['extra'], "Unexpected argument 'extra'"],
    [['--port'], "Option '--port <value>' argument missing"],
    [['--port', 'soon'], '--port must be a whole number from 1 to 65535, got "soon"'],
    [['--port', '70000'], '--port must be a whole number from 1 to 65535, got "70000"'],
    [['--cluster', '2'], '--cluster must be 1, 3 or 5, got "2"'],
  ] as const) {
    it(`refuse ${args.join(' ')} in one line`, () => {
      expect(() => readFlags(args, {}))
        .to.throw(words)
        .with.property('message')
        .that.does.not.include('\n')
    })
  }

  it('refuse a PORT of the environment by its name', () => {
    expect(() => readFlags([], { PORT: 'x' })).to.throw('PORT must be a whole number from 1 to 65535, got "x"')
  })
})
