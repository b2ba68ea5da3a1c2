import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { reportLines } from './chaos/report.ts'
import { runChaos } from './chaos/run.ts'

const HELP = `npm run chaos -- [flags]

Opens a house of its own (3 hosts, 2 payment workers, projector, notifier, gateway, NATS, PostgreSQL, the stand-ins), plays
orders in it and kills, pauses, restarts and cuts off its processes, at least one every 2 s. Then it lets the house rest and
holds the log, the read model, the provider's book and every client's answers and views against each other.

  --minutes 5   how long faults are injected, 0.1…600
  --seed 42     same seed, same faults and orders
  --cluster 1   NATS servers: 1, or 3 with every write on three
  --rate 3      orders begun each second, 1…50
  --help        this text

Each kind of fault is printed with the longest time until the next acknowledged command of anybody; faults overlap, so
that time may be owed to another. The last line is "violations: N"; the exit code is 1 unless N is 0, and then the data directory is kept.
`

const stop = (reason: string): never => {
  process.stderr.write(`chaos: ${reason}\n`)
  process.exit(2)
}

const read = () => {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '5' },
        seed: { type: 'string', default: '42' },
        cluster: { type: 'string', default: '1' },
        rate: { type: 'string', default: '3' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    return stop((error as Error).message)
  }
}

const flags = read()
if (flags.help) {
  process.stdout.write(HELP)
  process.exit(0)
}
const number = (name: 'minutes' | 'seed' | 'cluster' | 'rate', met: (value: number) => boolean): number => {
  const value = Number(flags[name])
  return Number.isFinite(value) && met(value) ? value : stop(`--${name} ${flags[name]} will not do; --help lists the flags`)
}

const seconds = 60 * number('minutes', value => value >= 0.1 && value <= 600)
const seed = number('seed', Number.isSafeInteger)
const cluster = number('cluster', value => value === 1 || value === 3)
const ordersPerSecond = number('rate', value => value >= 1 && value <= 50)
const dataDir = await mkdtemp(join(tmpdir(), 'baedal-chaos-'))
const print = (line: string): void => void process.stdout.write(`${line}\n`)

// The house ends its processes when we exit; a signal alone would leave the servers running.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))

const report = await runChaos({ seconds, seed, cluster, ordersPerSecond, dataDir, say: print })
if (report.violations.length > 0) print(`data and logs: ${dataDir}`)
for (const line of reportLines(report)) print(line)
process.exit(report.violations.length === 0 ? 0 : 1)
