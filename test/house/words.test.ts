import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { occurrences, ROOT, type Source, sourcesIn } from './sources.ts'

const SELF = 'test/house/words.test.ts'
const HOUSE = ['machines', 'actors', 'config', 'server', 'clients'] as const

describe('the words of the house', () => {
  it('promise nothing for later', () => {
    const marks = /\b(TODO|FIXME|XXX|HACK)\b/
    const papers = ['README.md', 'README.ko.md', 'CONTRIBUTING.md'].map(path => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
    const found = [...sourcesIn(...HOUSE, 'test', 'bench'), ...papers]
      .filter(({ path, text }) => path !== SELF && marks.test(text)) // comments count here, so this is no search of code
      .map(({ path }) => path)
    expect(found).to.deep.equal([])
  })

  it('leave no test out', () => {
    const tests = sourcesIn('test').filter(({ path }) => path !== SELF)
    expect(occurrences(tests, /\b(describe|context|it)\.(only|skip)\b|\bx(describe|it)\(|\bthis\.skip\(/g)).to.deep.equal([])
  })

  it('go to the logger, not to the console', () => {
    expect(occurrences(sourcesIn('machines', 'actors', 'server'), /\bconsole\.\w+/g)).to.deep.equal([])
  })

  it('read the environment in config and server/main.ts only', () => {
    const others = sourcesIn(...HOUSE).filter(({ path }) => !path.startsWith('config/') && path !== 'server/main.ts')
    expect(occurrences(others, /\bprocess\.env\b/g)).to.deep.equal([])
  })

  it('take the time and the dice as parameters in machines and actors', () => {
    const dice = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\brandomUUID\b/g
    expect(occurrences(sourcesIn('machines', 'actors'), dice)).to.deep.equal([])
  })

  it('are found in code and not in comments', () => {
    const source: Source = { path: 'a.ts', text: "// console.log\nconst url = 'http://a' // console.log\nconsole.warn(url)\n" }
    expect(occurrences([source], /\bconsole\.\w+/g)).to.deep.equal(['a.ts:3 console.warn'])
  })
})
