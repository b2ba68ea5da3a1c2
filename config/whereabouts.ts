import { parseArgs } from 'node:util'
import { readHouseFile, type Whereabouts } from './house-file.ts'

/** What a command on a running house was asked. */
export type Asked =
  | { readonly kind: 'help' }
  /** `own`: the command's own flags, those that were given; of a switch, `yes`. */
  | { readonly kind: 'house'; readonly where: Reachable; readonly own: Own }
  /** No house is known, which one of the command's own flags does not need. */
  | { readonly kind: 'alone'; readonly own: Own }
  /** One line that says what to do. */
  | { readonly kind: 'wrong'; readonly line: string }

type Own = Readonly<Partial<Record<string, string>>>

/** Where a house is, and how its NATS is to be spoken to. */
export interface Reachable extends Whereabouts {
  /** Files, as config/config.ts has them. */
  readonly tls: { readonly caFile: string; readonly certFile: string; readonly keyFile: string }
}

/** A command's own flags. */
export interface OwnFlags {
  /** Those with a value. */
  readonly names?: readonly string[]
  readonly switches?: readonly string[]
  /** With one of these the command needs no house. */
  readonly alone?: readonly string[]
}

/** The flags that every such command has. */
export const HOUSE_FLAGS = `  --data-dir .data   the house to work on, as it was given to npm start; DATA_DIR does the same
  --help             this text

  NATS_URL, DATABASE_URL   the servers of a house that npm start has not opened here, NATS_REPLICAS its copies of each stream
  NATS_TLS_CA              the file of the certificates to believe, where its NATS speaks TLS; NATS_TLS_CERT, NATS_TLS_KEY our own
`

/**
 * Flag, else environment, else what the house in the data directory says of itself.
 * @param args without node and the file
 */
export const askedOf = (
  command: string,
  args: readonly string[] = process.argv.slice(2),
  env: Readonly<Record<string, string | undefined>> = process.env,
  { names = [], switches = [], alone = [] }: OwnFlags = {},
): Asked => {
  const flags = flagsOf(args, names, switches)
  if (typeof flags === 'string') return { kind: 'wrong', line: `${flags}. "npm run ${command} -- --help" lists the flags.` }
  const { help, 'data-dir': given, ...own } = flags
  if (help) return { kind: 'help' }
  if (alone.some(name => own[name] !== undefined)) return { kind: 'alone', own }
  const dataDir = given || env.DATA_DIR || '.data'
  const house = readHouseFile(dataDir)
  const natsUrl = env.NATS_URL || house?.natsUrl
  const databaseUrl = env.DATABASE_URL || house?.databaseUrl
  if (!natsUrl || !databaseUrl)
    return { kind: 'wrong', line: `no house runs in ${dataDir}: open one with npm start, or name its NATS_URL and DATABASE_URL.` }
  const replicas = Number(env.NATS_REPLICAS || house?.replicas || 1)
  if (![1, 3, 5].includes(replicas)) return { kind: 'wrong', line: `NATS_REPLICAS must be 1, 3 or 5, got "${env.NATS_REPLICAS}"` }
  const tls = { caFile: env.NATS_TLS_CA ?? '', certFile: env.NATS_TLS_CERT ?? '', keyFile: env.NATS_TLS_KEY ?? '' }
  return { kind: 'house', where: { natsUrl, databaseUrl, replicas, tls }, own }
}

const flagsOf = (
  args: readonly string[],
  names: readonly string[],
  switches: readonly string[],
): string | (Own & { readonly help?: true }) => {
  const options = {
    ...Object.fromEntries(names.map(name => [name, { type: 'string' } as const])),
    ...Object.fromEntries(switches.map(name => [name, { type: 'boolean' } as const])),
    'data-dir': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    const { values } = parseArgs({ args: [...args], options })
    const given = switches.filter(name => values[name as keyof typeof values]).map(name => [name, 'yes'] as const)
    return { ...values, ...Object.fromEntries(given) } as Own & { readonly help?: true }
  } catch (error) {
    // Node's own words, up to its first full stop: "Unknown option '--data'".
    return (error as Error).message.split(/\. |\n/)[0] ?? ''
  }
}
