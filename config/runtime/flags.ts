import { parseArgs } from 'node:util'
import { Problem } from './problem.ts'

/** Of one role on one machine: more would only share its cores. */
const MOST_PROCESSES = 16

/** What the command line and the environment ask for. */
export type Wish =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'start'
      readonly port: number
      readonly dataDir: string
      readonly fresh: boolean
      readonly from?: string
      /** NATS and PostgreSQL alone. */
      readonly serversOnly: boolean
      readonly natsUrl?: string
      readonly databaseUrl?: string
      readonly cacheDir?: string
      readonly cluster: number
      readonly hosts: number
      readonly payments: number
    }

/**
 * Flag, else environment, else default.
 * @param args without node and the file
 * @throws Problem badFlag
 */
export const readFlags = (args: readonly string[], env: Readonly<Record<string, string | undefined>>): Wish => {
  const flags = parse(args)
  if (flags.help) return { kind: 'help' }
  const cluster = wholeNumber('--cluster', flags.cluster ?? '1', 1, 5)
  // An even number survives no more losses than the odd one below it.
  if (cluster % 2 === 0) throw new Problem('badFlag', { reason: `--cluster must be 1, 3 or 5, got "${cluster}"` })
  return {
    kind: 'start',
    port: flags.port === undefined ? wholeNumber('PORT', env.PORT || '8080', 1, 65_535) : wholeNumber('--port', flags.port, 1, 65_535),
    dataDir: flags['data-dir'] || env.DATA_DIR || '.data',
    fresh: flags.fresh ?? false,
    serversOnly: flags['servers-only'] ?? false,
    cluster,
    hosts: wholeNumber('--hosts', flags.hosts ?? '1', 1, MOST_PROCESSES),
    payments: wholeNumber('--payments', flags.payments ?? '1', 1, MOST_PROCESSES),
    ...(flags.from ? { from: flags.from } : {}),
    ...(env.NATS_URL ? { natsUrl: env.NATS_URL } : {}),
    ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
    ...(env.BAEDAL_CACHE ? { cacheDir: env.BAEDAL_CACHE } : {}),
  }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        fresh: { type: 'boolean' },
        from: { type: 'string' },
        'servers-only': { type: 'boolean' },
        cluster: { type: 'string' },
        hosts: { type: 'string' },
        payments: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    // Node's own words, up to its first full stop: "Unknown option '--prot'".
    throw new Problem('badFlag', { reason: (error as Error).message.split(/\. |\n/)[0] ?? '' })
  }
}

const wholeNumber = (name: string, text: string, from: number, to: number): number => {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= from && value <= to) return value
  throw new Problem('badFlag', { reason: `${name} must be a whole number from ${from} to ${to}, got "${text}"` })
}
