import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { ROOT } from './sources.ts'

const DECISIONS = readdirSync(join(ROOT, 'docs/decisions')).map(name => `docs/decisions/${name}`)
const PAPERS = [
  'README.md',
  'README.ko.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/capacity.md',
  'docs/client.md',
  'docs/deployment.md',
  'docs/glossary.md',
  'docs/metrics.md',
  'docs/needs.md',
  'docs/notifications.md',
  'docs/operations.md',
  'docs/payment.md',
  'docs/traces.md',
  ...DECISIONS,
]
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(match => match[1] ?? '')
const codeBlocks = (text: string): string[] => all(text, /```\w*\n([^`]*)```/g)

describe('the papers', () => {
  for (const path of PAPERS) {
    it(`${path} names only files that exist`, () => {
      const named = all(read(path), /`((?:machines|actors|server|clients|config|test|bench|docs|deploy)\/[\w./-]*)`/g)
      expect(named.filter(file => !existsSync(join(ROOT, file)))).to.deep.equal([])
    })

    it(`${path} has no link into the void`, () => {
      const links = all(read(path), /\]\((?!https?:)([^)#]+)\)/g)
      expect(links.filter(link => !existsSync(join(ROOT, dirname(path), link)))).to.deep.equal([])
    })
  }

  it('tell the same commands in English and in Korean', () => {
    expect(codeBlocks(read('README.ko.md'))).to.deep.equal(codeBlocks(read('README.md')))
    const code = codeBlocks(read('README.md')).join('')
    for (const command of ['npm ci && npm start', 'npm run demo', 'npm ci && npm test', 'npm run bench']) expect(code).to.include(command)
  })

  it('name scripts that package.json has', () => {
    const scripts = Object.keys((JSON.parse(read('package.json')) as { readonly scripts: object }).scripts)
    for (const path of PAPERS) {
      const named = [...all(read(path), /npm run ([\w-]+)/g), ...all(read(path), /npm (start|test)\b/g)]
      expect(
        named.filter(script => !scripts.includes(script)),
        path,
      ).to.deep.equal([])
    }
  })

  it('define each word once', () => {
    const words = all(read('docs/glossary.md'), /^- \*\*([^*]+)\*\*/gm)
    expect(words.length).to.be.above(40)
    expect(words.filter((word, index) => words.indexOf(word) !== index)).to.deep.equal([])
  })

  for (const path of DECISIONS)
    it(`${path} says context, decision and consequence`, () => {
      expect(path).to.match(/\/\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.md$/)
      expect(all(read(path), /^\*\*(\w+)\.\*\* /gm)).to.deep.equal(['Context', 'Decision', 'Consequence'])
    })
})
