import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROCESS_ROLES, type ProcessRole } from '../../server/contract/process.ts'
import { ROOT } from '../house/sources.ts'

export interface Documented {
  readonly name: string
  readonly type: string
  readonly labels: readonly string[]
  readonly where: readonly ProcessRole[]
}

const wordsOf = (cell: string): string[] =>
  cell
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')

/** The table of docs/metrics.md. */
export const documented: readonly Documented[] = [
  ...readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8').matchAll(
    /^\| `(?<name>\w+)` \| (?<type>\w+) \|(?<labels>[^|]*)\|[^|]+\| (?<where>[^|]+) \|$/gm,
  ),
].map(({ groups }) => {
  const { name = '', type = '', labels = '', where = '' } = groups ?? {}
  const named = wordsOf(where)
  return {
    name,
    type,
    labels: wordsOf(labels),
    where: where === 'all' ? PROCESS_ROLES : PROCESS_ROLES.filter(role => named.includes(role)),
  }
})
