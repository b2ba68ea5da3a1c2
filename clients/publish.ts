import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'

const HELP = `npm run sdk -- [--out dist/client]

Makes the client library as a package that npm can install: plain JavaScript for Node and browsers, and types that stand by
themselves. Pack it with: npm pack ./dist/client
`

const ROOT = join(import.meta.dirname, '..')
const MANIFEST = join(ROOT, 'clients', 'shared', 'package.json')
const DEFAULT_OUT = join(ROOT, 'dist', 'client')
const { values } = parseArgs({
  options: { out: { type: 'string', default: DEFAULT_OUT }, help: { type: 'boolean', short: 'h', default: false } },
})

/** `from './live.ts'`, and `import('./live.ts')` in a type: where the compiler has written types, it leaves our own endings. */
const RELATIVE = /(?<=(?:from |import )['"]|import\(['"])(\.[^'"]+)(?=['"])/g

/** Those of the files that the package's own lead to, themselves included. The server's are there for their types: none is run. */
const reachedFrom = (starts: readonly string[]): Set<string> => {
  const reached = new Set(starts)
  for (const file of reached) {
    for (const [to] of readFileSync(file, 'utf8').matchAll(RELATIVE)) {
      const target = join(dirname(file), to)
      reached.add(file.endsWith('.d.ts') ? target.replace(/\.[jt]s$/, '.d.ts') : target)
    }
  }
  return reached
}

/** Packages that the files name, beside Node's: whoever installs ours must have them. */
const VENDOR = /(?<=(?:from |import )['"]|import\(['"])([^.'"][^'"]*)(?=['"])/g

const vendorsOf = (files: Iterable<string>): Set<string> =>
  new Set([...files].flatMap(file => [...readFileSync(file, 'utf8').matchAll(VENDOR)].map(([, name]) => name ?? '')))

interface Manifest {
  readonly dependencies: object
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

const make = (out: string): void => {
  if (out === DEFAULT_OUT) rmSync(out, { recursive: true, force: true })
  else if (existsSync(out)) throw new Error(`${out} exists already`)
  mkdirSync(out, { recursive: true })
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
  execFileSync(process.execPath, [compiler, '-p', join(ROOT, 'clients', 'shared'), '--outDir', out], { stdio: 'inherit' })
  const reached = reachedFrom(globSync(join(out, 'clients/shared/*.{js,d.ts}')))
  for (const file of globSync(join(out, '**/*.{js,d.ts}'))) {
    if (!reached.has(file)) rmSync(file)
    else if (file.endsWith('.d.ts'))
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(RELATIVE, to => to.replace(/\.ts$/, '.js')),
      )
  }
  const { dependencies, exports } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest
  const promised = Object.values(exports).flatMap(entry => (typeof entry === 'string' ? [] : Object.values(entry)))
  const missing = [...reached, ...promised.map(path => join(out, path))].filter(file => !existsSync(file))
  if (missing.length > 0) throw new Error(`the package would lack ${missing.map(file => relative(out, file)).join(', ')}`)
  const unknown = [...vendorsOf(reached)].filter(name => !Object.hasOwn(dependencies, name))
  if (unknown.length > 0) throw new Error(`the package would need ${unknown.join(', ')}`)
  copyFileSync(MANIFEST, join(out, 'package.json'))
  copyFileSync(join(ROOT, 'docs', 'client.md'), join(out, 'README.md'))
  copyFileSync(join(ROOT, 'LICENSE'), join(out, 'LICENSE'))
}

if (values.help) process.stdout.write(HELP)
else make(values.out)
