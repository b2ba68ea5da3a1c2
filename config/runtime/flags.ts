import { parseArgs } from 'node:util'
import { Problem } from './problem.ts'

/** What the command line and the environment ask for. */
export type Wish =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'start'
      readonly port: number
      readonly dataDir: string
      readonly fresh: boolean
      readonly natsUrl?: string
      readonly databaseUrl?: string
      readonly cacheDir?: string
    }

/**
 * Flag, else environment, else default.
 * @param args without node and the file
 * @throws Problem badFlag, clusterNotYet
 */
export const readFlags = (args: readonly string[], env: Readonly<Record<string, string | undefined>>): Wish => {
  const flags = parse(args)
  if (flags.help) return { kind: 'help' }
  const count = wholeNumber('--cluster', flags.cluster ?? '1', 1, 99)
  if (count > 1) throw new Problem('clusterNotYet', { count })
  return {
    kind: 'start',
    port: flags.port === undefined ? wholeNumber('PORT', env.PORT || '8080', 1, 65_535) : wholeNumber('--port', flags.port, 1, 65_535),
    dataDir: flags['data-dir'] || env.DATA_DIR || '.data',
    fresh: flags.fresh ?? false,
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
        cluster: { type: 'string' },
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
