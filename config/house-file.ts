import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a house that runs can be found, for commands that work on its log and its database. */
export interface Whereabouts {
  readonly natsUrl: string
  /** With its password. */
  readonly databaseUrl: string
  /** Copies of each stream. */
  readonly replicas: number
  /** NATS as operators may use it, for the NATS CLI; absent when the servers are not the house's own. */
  readonly opsNatsUrl?: string
}

const fileOf = (dataDir: string): string => join(dataDir, 'house.json')

/** For its owner's eyes only: the database's password is in it. */
export const writeHouseFile = (dataDir: string, whereabouts: Whereabouts): void =>
  writeFileSync(fileOf(dataDir), `${JSON.stringify(whereabouts)}\n`, { mode: 0o600 })

export const removeHouseFile = (dataDir: string): void => rmSync(fileOf(dataDir), { force: true })

/** Undefined: no house runs there, or none that has ended in good order. */
export const readHouseFile = (dataDir: string): Whereabouts | undefined => {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Whereabouts
  } catch {
    return undefined
  }
}
