import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { ROOT } from './sources.ts'

const STORIES = readdirSync(join(ROOT, 'test/needs')).filter(name => name.endsWith('.test.ts'))
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const NEEDS = Array.from({ length: 19 }, (_, i) => i + 1)

describe('the needs of the field', () => {
  const paper = read('docs/needs.md')
  for (const need of NEEDS)
    it(`need ${need} has a test that exists, and its line in docs/needs.md`, () => {
      const [, proof = ''] = new RegExp(`^\\| ${need} \\| [^|]+ \\| \`([^\`]+)\``, 'm').exec(paper) ?? []
      expect(proof !== '' && existsSync(join(ROOT, proof)), proof).to.equal(true)
      const stories = STORIES.filter(name => name.startsWith(`${String(need).padStart(2, '0')}-`))
      expect(stories.map(name => `test/needs/${name}`)).to.deep.equal([proof])
      expect(read(proof)).to.match(new RegExp(`need ${need}\\b`))
    })
})
