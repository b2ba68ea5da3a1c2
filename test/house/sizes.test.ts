import { basename } from 'node:path'
import { expect } from 'chai'
import { sourcesIn } from './sources.ts'

const MOST_LINES = 300

describe('the files of the house', () => {
  it(`have at most ${MOST_LINES} lines, but for tests, benchmarks and seed data`, () => {
    const long = sourcesIn('machines', 'actors', 'config', 'server', 'clients')
      .filter(({ path }) => !path.startsWith('server/seed/'))
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MOST_LINES)
    expect(long).to.deep.equal([])
  })

  it('are named after what they hold', () => {
    const vague = /^(utils?|common|helpers?|misc|index)\.tsx?$/
    const named = sourcesIn('machines', 'actors', 'config', 'server', 'clients', 'test', 'bench')
      .map(({ path }) => path)
      .filter(path => vague.test(basename(path)))
    expect(named).to.deep.equal([])
  })
})
