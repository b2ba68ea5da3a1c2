import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Histogram } from '../histogram.ts'
import { type Figures, readable } from '../report.ts'
import type { Account } from './account.ts'
import { type Chart, drawChart } from './chart.ts'
import { capacityPerS, type Death, PHASES, type Plan } from './plan.ts'
import type { Evening } from './run.ts'
import type { Point } from './svg.ts'

const OUT = join(import.meta.dirname, '../out')
/** Over which rates and percentiles are taken. */
const RATE_S = 1
const P99_S = 2

const NAMES = { calm: 'calm', spike: 'spike', dead: 'provider dead', recovery: 'recovery', after: 'calm again' } as const
const STATES = { closed: 'closed', halfOpen: 'half open', open: 'open' } as const
const COLOURS = { closed: '#2da44e', 'half open': '#e3a008', open: '#cf222e' } as const

/** Draws an evening to `bench/out/<name>.svg`. @returns where */
export const writePicture = async (
  name: string,
  plan: Plan,
  death: Death,
  evening: Evening,
  account: Account,
  figures: Figures,
): Promise<string> => {
  const file = join(OUT, `${name}.svg`)
  await mkdir(OUT, { recursive: true })
  await writeFile(file, drawChart(chartOf(plan, death, evening, account, figures)))
  return file
}

const chartOf = (plan: Plan, death: Death, evening: Evening, account: Account, figures: Figures): Chart => {
  const { times, watch, payers, errands } = evening
  const endS = (times.end - times.calm) / 1_000
  const second = (ms: number): number => (ms - times.calm) / 1_000
  const perS = capacityPerS(plan.provider)
  const rate = (instants: readonly number[]): readonly Point[] => {
    const counts = new Array<number>(Math.ceil(endS / RATE_S)).fill(0)
    for (const ms of instants) {
      const at = Math.floor(second(ms) / RATE_S)
      if (at >= 0 && at < counts.length) counts[at] = (counts[at] ?? 0) + 1
    }
    return counts.map((count, i) => [(i + 0.5) * RATE_S, count / RATE_S])
  }
  const looks = watch.looks.filter(({ atMs }) => atMs < times.end)
  const begun = watch.looks.flatMap(({ atMs, begun }) => new Array<number>(begun).fill(atMs))
  const p99 = Array.from({ length: Math.ceil(endS / P99_S) }, (_, i): Point | undefined => {
    const histogram = new Histogram()
    for (const { dueMs, tookMs } of errands.done) if (Math.floor(second(dueMs) / P99_S) === i) histogram.add(tookMs)
    return histogram.total === 0 ? undefined : [(i + 0.5) * P99_S, histogram.at(0.99)]
  }).filter(point => point !== undefined)
  const phases = PHASES.map((phase, i) => ({ name: NAMES[phase], from: second(times[phase]), to: second(times[PHASES[i + 1] ?? 'end']) }))
  const say = (key: string): string => readable(figures[key] ?? 0)
  return {
    title: `Payment under load: ${plan.times}× for ${plan.spikeMs / 1_000} s, then the provider ${death} for ${plan.deathMs / 1_000} s`,
    subtitle:
      `${plan.steadyPerS} → ${plan.steadyPerS * plan.times} orders/s against ${readable(perS)} confirms/s: goodput ${say('goodputRatio')} of capacity, ` +
      `open after ${say('openAfterS')} s, full rate after ${say('recoverS')} s, ` +
      `double charges ${say('doubleCharges')}, lost orders ${say('lostOrders')}; load average ${say('loadAverage')}`,
    endS,
    phases,
    band: { title: 'breaker', spans: spansOf(evening), colours: COLOURS },
    panels: [
      {
        title: 'Payments',
        unit: 'by second',
        height: 190,
        series: [
          { name: 'offered', colour: '#8c959f', points: rate(payers.offered.map(({ dueMs }) => dueMs)), filled: true },
          { name: 'admitted to the provider', colour: '#0969da', points: rate(begun) },
          { name: 'approved', colour: '#1a7f37', points: rate(account.approvedMs) },
        ],
        levels: [{ at: perS, name: `provider's capacity, ${readable(perS)}/s` }],
      },
      {
        title: 'Confirms in the provider’s hand, most at once in each 250 ms',
        unit: 'calls',
        height: 130,
        series: [{ name: 'in hand', colour: '#8250df', points: looks.map(({ atMs, most }) => [second(atMs), most]) }],
        levels: [{ at: plan.provider.capacity, name: `capacity, ${plan.provider.capacity}` }],
      },
      {
        title: 'Payments that wait for their turn',
        unit: 'payments',
        height: 130,
        series: [{ name: 'waiting', colour: '#bc4c00', points: looks.map(({ atMs, waiting }) => [second(atMs), waiting]), filled: true }],
      },
      {
        title: `Everything else (accept, cook, pick, deliver, cancel, read): p99 of each ${P99_S} s`,
        unit: 'ms',
        log: true,
        height: 130,
        series: [{ name: 'p99', colour: '#0550ae', points: p99 }],
        levels: [{ at: 1.5 * (figures['unrelatedP99Ms@calm'] ?? 0), name: '1.5 × p99 of the calm' }],
      },
    ],
  }
}

const spansOf = ({ times, watch: { turns } }: Evening): Chart['band']['spans'] => {
  const second = (ms: number): number => Math.max(0, (ms - times.calm) / 1_000)
  return turns
    .map(({ atMs, state }, i) => ({ from: second(atMs), to: second(turns[i + 1]?.atMs ?? times.end), state: STATES[state] }))
    .filter(({ from, to }) => to > from)
}
