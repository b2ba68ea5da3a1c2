import { openChild } from './child.ts'
import { type Figures, printTable } from './report.ts'
import type { BenchFlags } from './run.ts'
import type { HostAnswer } from './runtime/host-process.ts'
import { openPlace } from './runtime/place.ts'
import { PRESS_STREAMS } from './runtime/press.ts'
import type { TurnAnswer, TurnQuestion } from './traces/callers.ts'
import type { CollectorAnswer } from './traces/collector-process.ts'
import type { Mode } from './traces/mode.ts'

const CALLERS = 256

const TRACED = ['1%', '100%'] as const

interface Pair {
  readonly mode: (typeof TRACED)[number]
  readonly off: Turn
  readonly on: Turn
}

interface Turn {
  readonly perS: number
  /** Of the callers' process and the host's together, for each command. */
  readonly cpuUs: number
}

/**
 * What traces cost: the same load without them, with one command of a hundred traced and with all, in turns in the same processes, each
 * compared with its neighbours, since a machine is not the same from one minute to the next. The leanest commands there are, four spans each,
 * in processes that do nothing else: in a whole house the share is smaller.
 */
export const bench = async ({ quick }: BenchFlags): Promise<Figures> => {
  await using place = await openPlace(PRESS_STREAMS)
  await using collector = await openChild('traces/collector-process.ts', [])
  const { port } = await collector.ask<CollectorAnswer>({})
  const origin = `http://127.0.0.1:${port}`
  await using host = await openChild('runtime/host-process.ts', [place.url, '200000', '1', origin])
  await using load = await openChild('traces/callers.ts', [place.url, origin])

  const measure = async (mode: Mode): Promise<Turn> => {
    const question: TurnQuestion = { mode, callers: CALLERS, commands: quick ? 4 : 48 }
    const before = await host.ask<HostAnswer>({ kind: 'state' })
    const { tookMs, failed, cpuMs } = await load.ask<TurnAnswer>(question)
    const after = await host.ask<HostAnswer>({ kind: 'cpu' })
    if (failed > 0) throw new Error(`${failed} commands failed`)
    const all = question.callers * question.commands
    return { perS: (all / tookMs) * 1_000, cpuUs: ((cpuMs + after.cpuMs - before.cpuMs) * 1_000) / all }
  }
  const pairs: Pair[] = []
  // The first ones only warm up. Whoever comes first in a pair comes last in the next. All turns of one mode before those of the other: a turn
  // that is traced whole leaves work behind for the next one, and would have it counted there.
  const [warmUp, wanted] = quick ? [0, 1] : [2, 14]
  for (const mode of TRACED)
    for (let round = -warmUp; round < wanted; round++) {
      const turns: Partial<Record<Mode, Turn>> = {}
      for (const each of round % 2 === 0 ? (['off', mode] as const) : ([mode, 'off'] as const)) turns[each] = await measure(each)
      const { off, [mode]: on } = turns
      if (round >= 0 && off && on) pairs.push({ mode, off, on })
    }
  const { megabytes } = await collector.ask<CollectorAnswer>({})
  return { ...report(pairs), collectedMb: megabytes }
}

const report = (pairs: readonly Pair[]): Figures => {
  const rows = [
    { mode: 'off' as const, turns: pairs.map(({ off }) => ({ on: off, off })) },
    ...TRACED.map(mode => ({ mode, turns: pairs.filter(pair => pair.mode === mode) })),
  ].map(({ mode, turns }) => {
    const of = (key: keyof Turn): number => median(turns.map(({ on }) => on[key]))
    const ratiosOf = (key: keyof Turn): number[] => turns.map(({ on, off }) => on[key] / off[key])
    return [mode, of('perS'), median(ratiosOf('perS')), of('cpuUs'), median(ratiosOf('cpuUs')), errorOf(ratiosOf('cpuUs'))] as const
  })
  printTable(['traced', 'transitions/s', '× off', 'CPU µs each', '× off', '±'], rows)
  return Object.fromEntries(
    rows.flatMap(([mode, ...values]) =>
      (['transitionsPerS', 'rateRatio', 'cpuUs', 'cpuRatio', 'cpuRatioError'] as const).map((key, i) => [
        `${key}@${mode}`,
        values[i] ?? Number.NaN,
      ]),
    ),
  )
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** The standard error: how far off the mean of so many may be, on a machine that others use, too. */
const errorOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  return Math.sqrt(variance / values.length)
}
