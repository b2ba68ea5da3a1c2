import { parseArgs } from 'node:util'
import { DEATHS, type Death } from './payment/plan.ts'
import { type Figures, writeReport } from './report.ts'

/** What each benchmark may be told. */
export interface BenchFlags {
  /** A smoke run: every figure is there, none means anything. */
  readonly quick: boolean
  /** A million live actors, too: takes minutes and 4 GB of disk. */
  readonly million: boolean
  /** Orders under way at any moment, in place of the trade's own number. */
  readonly atOnce?: number
  /** How long the trade measures, in place of its own 60. */
  readonly seconds?: number
  /** How long the country goes on, in place of its own 3, and which part of it there is, in place of a tenth. */
  readonly minutes?: number
  readonly scale?: number
  /** How the payment provider dies, in place of hanging. */
  readonly death?: Death
}
export type Bench = (flags: BenchFlags) => Promise<Figures>

const NAMES = ['runtime', 'scaling', 'trade', 'payment', 'gateway', 'pings', 'history', 'country', 'traces']
const HELP = `npm run bench -- <name> [--quick] [--million] [--at-once N] [--seconds N] [--death how] [--minutes N] [--scale N]

Measures this machine, prints tables, and writes bench/out/<name>.json. Names: ${NAMES.join(', ')}
  --quick    a smoke run of seconds, written to <name>.quick.json: it shows that the benchmark works, not how fast anything is
  --million  runtime only: also a million live actors with 10,000 in memory
  --at-once  trade only: orders under way at any moment
  --seconds  trade only: how long to measure
  --death    payment only: how the provider dies: ${DEATHS.join(', ')}
  --minutes  country only: how long to measure, 0.1…60
  --scale    country only: which part of a country's record night, 0.001…1
`

const fail = (message: string): never => {
  process.stderr.write(`bench: ${message}\n`)
  process.exit(1)
}

const argumentsOf = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        quick: { type: 'boolean', default: false },
        million: { type: 'boolean', default: false },
        'at-once': { type: 'string' },
        seconds: { type: 'string' },
        death: { type: 'string' },
        minutes: { type: 'string' },
        scale: { type: 'string' },
      },
    })
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

const { values, positionals } = argumentsOf()
const [name] = positionals
if (values.help || name === undefined) {
  process.stdout.write(HELP)
  process.exit(0)
}
if (!NAMES.includes(name)) fail(`no benchmark ${JSON.stringify(name)}; there are: ${NAMES.join(', ')}`)
const { bench } = (await import(`./${name}.ts`)) as { readonly bench: Bench }
const numberOf = (flag: 'at-once' | 'seconds'): number | undefined => {
  const given = values[flag]
  if (given !== undefined && !/^[1-9]\d{0,4}$/.test(given)) fail(`--${flag} must be a positive whole number`)
  return given === undefined ? undefined : Number(given)
}
const [atOnce, seconds] = [numberOf('at-once'), numberOf('seconds')]
const partOf = (flag: 'minutes' | 'scale', least: number, most: number): number | undefined => {
  const given = values[flag]
  if (given === undefined) return undefined
  if (!/^\d+(\.\d+)?$/.test(given) || Number(given) < least || Number(given) > most)
    fail(`--${flag} must be a number from ${least} to ${most}`)
  return Number(given)
}
const [minutes, scale] = [partOf('minutes', 0.1, 60), partOf('scale', 0.001, 1)]
const death = DEATHS.find(each => each === values.death)
if (values.death !== undefined && !death) fail(`--death must be one of ${DEATHS.join(', ')}`)
const { quick, million } = values
const figures = await bench({
  quick,
  million,
  ...(atOnce === undefined ? {} : { atOnce }),
  ...(seconds === undefined ? {} : { seconds }),
  ...(minutes === undefined ? {} : { minutes }),
  ...(scale === undefined ? {} : { scale }),
  ...(death === undefined ? {} : { death }),
})
// A smoke run must not take the place of figures that somebody waited for.
const report = `${name}${death === undefined ? '' : `-${death}`}${quick ? '.quick' : ''}`
console.log(`written: ${await writeReport(report, figures, new Date())}`)
process.exit(0)
