import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { expect } from 'chai'
import { importsOf } from './import-rules.ts'
import { ROOT, sourcesIn } from './sources.ts'

const { spec } = JSON.parse(readFileSync(join(ROOT, '.mocharc.json'), 'utf8')) as { readonly spec: readonly string[] }

describe('npm test', () => {
  it('tells every file of tests once, by itself or in one that gathers several', () => {
    const started = spec.flatMap(pattern => globSync(pattern, { cwd: ROOT }).map(path => path.split(sep).join('/')))
    expect(started.length, 'files found').to.be.above(100)
    const tests = sourcesIn('test').filter(({ path }) => path.endsWith('.test.ts'))
    const gathered = tests
      .filter(({ path }) => started.includes(path))
      .flatMap(importsOf)
      .map(({ target }) => target)
      .filter(target => target.endsWith('.test.ts'))
    expect([...started, ...gathered].sort()).to.deep.equal(tests.map(({ path }) => path).sort())
  })
})
