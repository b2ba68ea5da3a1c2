import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type House, openHouse } from '../config/runtime/house.ts'
import { type Account, accountOf } from './payment/account.ts'
import { coresIn, figuresOf, phaseOf } from './payment/figures.ts'
import { writePicture } from './payment/picture.ts'
import { FULL, PHASES, type Plan, QUICK } from './payment/plan.ts'
import { type Evening, runEvening } from './payment/run.ts'
import { type Figures, printTable } from './report.ts'
import type { BenchFlags } from './run.ts'

/**
 * Payment under load: an ordinary evening, a spike of 150 times as many orders, the provider's death, its recovery until everybody has had
 * his turn; and all the while kitchens and riders who should feel nothing of it. A whole house with every write on disk, its load on the
 * same machine.
 */
export const bench = async ({ quick, death }: BenchFlags): Promise<Figures> => {
  const plan = quick ? QUICK : FULL
  await using place = await openPaymentHouse(plan)
  const { house } = place
  const evening = await runEvening(house, plan, death ?? 'hangs')
  const account = await accountOf(house, evening.payers.offered, evening.errands.orderIds)
  const figures = figuresOf(plan, evening, account)
  printFigures(figures)
  printUnrelated(evening)
  printAnswers(evening, account)
  printCores(evening)
  printTurns(evening)
  const name = `payment${death === undefined ? '' : `-${death}`}${quick ? '.quick' : ''}`
  console.log(`drawn: ${await writePicture(name, plan, death ?? 'hangs', evening, account, figures)}`)
  return figures
}

interface Place extends AsyncDisposable {
  readonly house: House
}

const openPaymentHouse = async ({ workers, env }: Plan): Promise<Place> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'baedal-payment-'))
  const settings = { ...env, RIDER_LIMIT: '20' }
  const house = await openHouse({ dataDir, port: 0, seed: false, payments: workers, env: settings, onProgress: line => console.log(line) })
  return {
    house,
    [Symbol.asyncDispose]: async () => {
      await house.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const printFigures = (figures: Figures): void => printTable(['payment under load', 'figure'], Object.entries(figures))

const printUnrelated = ({ times, errands: { done, idle } }: Evening): void => {
  printTable(
    ['commands on orders paid before', 'count', 'failed'],
    PHASES.map(phase => {
      const ofPhase = done.filter(({ dueMs }) => phaseOf(times, dueMs) === phase)
      return [phase, ofPhase.length, ofPhase.filter(({ ok }) => !ok).length]
    }),
  )
  const failures = Map.groupBy(
    done.filter(({ ok }) => !ok),
    ({ name, answer }) => `${name} ${answer}`,
  )
  for (const [why, { length }] of failures) console.log(`${length} × ${why}`)
  if (idle > 0) console.log(`${idle} times no order was at hand`)
}

const printAnswers = ({ payers, drained }: Evening, { lost, taken, paid, expired, failed }: Account): void => {
  const byAnswer = Map.groupBy(payers.offered, ({ answer }) => answer)
  printTable(
    ['orders of the crowd', 'count'],
    [
      ...[...byAnswer].map(([answer, { length }]): [string, number] => [`answered ${answer}`, length]),
      ['taken', taken],
      ['paid in the end', paid],
      ['out of time, not charged', expired],
      ['failed', failed],
    ],
  )
  if (!drained) console.log('not everybody had his turn in time')
  for (const example of lost.slice(0, 10)) console.log(example)
}

/** Where the cores went. What an order more costs is what the spike took beyond the calm. */
const printCores = (evening: Evening): void => {
  const { times, payers } = evening
  const more = payers.offered.filter(({ dueMs }) => phaseOf(times, dueMs) === 'spike').length / ((times.dead - times.spike) / 1_000)
  const cores = (['calm', 'spike', 'dead', 'recovery'] as const).map(phase => coresIn(evening, phase))
  const [calm, spike] = cores
  const names = Object.keys(spike ?? {}).sort((a, b) => (spike?.[b] ?? 0) - (spike?.[a] ?? 0))
  printTable(
    ['cores', 'calm', 'spike', 'dead', 'recovery', 'ms for an order more'],
    names.map(name => [
      name,
      ...cores.map(each => each[name] ?? 0),
      (((spike?.[name] ?? 0) - (calm?.[name] ?? 0)) * 1_000) / Math.max(1, more),
    ]),
  )
}

const printTurns = ({ times, watch }: Evening): void =>
  printTable(
    ['breaker of confirms', 's since the death', 'share', 'because'],
    watch.turns.map(({ atMs, state, share, reason }) => [state, ((atMs - times.dead) / 1_000).toFixed(2), share, reason]),
  )
