import { openChild } from '../child.ts'
import { type Figures, printTable } from '../report.ts'
import type { CallersAnswer, CallersQuestion } from './callers.ts'
import type { HostAnswer } from './host-process.ts'
import type { RawFigures } from './raw.ts'

export const LEVELS = [1, 64, 256, 1_024] as const

/** Callers in one process, the host in another, the log in a third: all of them on this machine, all of them in the figures. */
export const measureLevels = async (url: string, raw: RawFigures, quick: boolean): Promise<Figures> => {
  await using host = await openChild('runtime/host-process.ts', [url])
  await using load = await openChild('runtime/callers.ts', [url])
  const figures: Record<string, number> = {}
  const rows: (string | number)[][] = []
  for (const callers of LEVELS) {
    const question: CallersQuestion = { callers, warmUpMs: quick ? 500 : 2_000, measureMs: quick ? 700 : 5_000 }
    const before = await host.ask<HostAnswer>({ kind: 'state' })
    const answer = await load.ask<CallersAnswer>(question)
    const after = await host.ask<HostAnswer>({ kind: 'state' })
    const all = (answer.transitions * (question.warmUpMs + question.measureMs)) / question.measureMs
    const singles = raw.singlesPerS.get(callers) ?? Number.NaN
    Object.assign(figures, {
      [`transitionsPerS@${callers}`]: answer.perS,
      [`p50Ms@${callers}`]: answer.p50Ms,
      [`p99Ms@${callers}`]: answer.p99Ms,
      [`ratioToRawSingle@${callers}`]: answer.perS / singles,
      [`ratioToRawBatch@${callers}`]: answer.perS / raw.batchedPerS,
      [`failed@${callers}`]: answer.failed,
    })
    rows.push([
      String(callers),
      answer.perS,
      answer.p50Ms,
      answer.p99Ms,
      answer.perS / singles,
      answer.perS / raw.batchedPerS,
      ((after.cpuMs - before.cpuMs) * 1_000) / all,
      (answer.cpuMs * 1_000) / all,
      answer.failed,
    ])
  }
  printTable(
    ['callers', 'transitions/s', 'p50 ms', 'p99 ms', '× raw singles', '× raw batches', 'host µs each', 'load µs each', 'failed'],
    rows,
  )
  return figures
}
