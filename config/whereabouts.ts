import { parseArgs } from 'node:util'
import { readHouseFile, type Whereabouts } from './house-file.ts'

/** What a command on a running house was asked. */
export type Asked =
  | { readonly kind: 'help' }
  | { readonly kind: 'house'; readonly where: Whereabouts; readonly repair: boolean }
  /** One line that says what to do. */
  | { readonly kind: 'wrong'; readonly line: string }

/** The flags that every such command has. */
export const HOUSE_FLAGS = `  --data-dir .data   the house to work on, as it was given to npm start; DATA_DIR does the same
  --help             this text

  NATS_URL, DATABASE_URL   the servers of a house that npm start has not opened here, NATS_REPLICAS its copies of each stream
`

/**
 * Flag, else environment, else what the house in the data directory says of itself.
 * @param args without node and the file
 */
export const askedOf = (
  command: string,
  args: readonly string[] = process.argv.slice(2),
  env: Readonly<Record<string, string | undefined>> = process.env,
): Asked => {
  const flags = flagsOf(command, args)
  if (typeof flags === 'string') return { kind: 'wrong', line: `${flags}. "npm run ${command} -- --help" lists the flags.` }
  if (flags.help) return { kind: 'help' }
  const dataDir = flags['data-dir'] || env.DATA_DIR || '.data'
  const house = readHouseFile(dataDir)
  const natsUrl = env.NATS_URL || house?.natsUrl
  const databaseUrl = env.DATABASE_URL || house?.databaseUrl
  if (!natsUrl || !databaseUrl)
    return { kind: 'wrong', line: `no house runs in ${dataDir}: open one with npm start, or name its NATS_URL and DATABASE_URL.` }
  const replicas = Number(env.NATS_REPLICAS || house?.replicas || 1)
  if (![1, 3, 5].includes(replicas)) return { kind: 'wrong', line: `NATS_REPLICAS must be 1, 3 or 5, got "${env.NATS_REPLICAS}"` }
  return { kind: 'house', where: { natsUrl, databaseUrl, replicas }, repair: flags.repair === true }
}

const flagsOf = (command: string, args: readonly string[]) => {
  try {
    const options = { 'data-dir': { type: 'string' }, repair: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
    const { values } = parseArgs({ args: [...args], options })
    return values.repair && command !== 'restore' ? "Unknown option '--repair'" : values
  } catch (error) {
    // Node's own words, up to its first full stop: "Unknown option '--data'".
    return (error as Error).message.split(/\. |\n/)[0] ?? ''
  }
}
