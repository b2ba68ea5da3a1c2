import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { ROOT } from './sources.ts'

interface Lockfile {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >
}
const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lockfile

describe('the lockfile', () => {
  // A registry that lacks the builds for some platforms lets npm drop them silently, and then `npm ci` fails everywhere.
  it('knows every optional package, whatever the platform it was written on', () => {
    const wanted = Object.values(packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
    const known = Object.keys(packages)
    expect(wanted.filter(name => !known.some(path => path.endsWith(`node_modules/${name}`)))).to.deep.equal([])
  })

  it('names no registry, so that each machine uses its own', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved?.startsWith('http'))).to.deep.equal([])
  })
})
