import { KINDS } from '../../actors/kinds/all.ts'
import { MIGRATIONS } from '../db/migrations.ts'
import type { Manifest } from './manifest.ts'

/** What of a backup a later release wrote and this one could not read; empty is good. */
export const newerThanUs = ({ machines, postgres: { migrations } }: Pick<Manifest, 'machines' | 'postgres'>): readonly string[] => {
  const known = MIGRATIONS.map(({ name }) => name)
  const unknown = migrations.filter((name, i) => known[i] !== name)
  return [
    ...unknown.map(name => `migration ${name} is not one of this release`),
    ...machines.filter(isNewer).map(machine => `machine ${machine} is not one of this release`),
  ]
}

/** `order@2` where ours is `order@1`, or of a kind that we have not. */
const isNewer = (machine: string): boolean => {
  const [kind, version] = machine.split('@')
  const ours = KINDS.find(({ name }) => name === kind)?.machine.split('@')[1]
  return ours === undefined || Number(version) > Number(ours)
}
