import { useLanguage, useWords } from '../../web/language.tsx'
import { useNow } from '../../web/use-now.ts'
import { Panel } from '../parts/page.tsx'
import { useFigures } from './figures-context.tsx'
import { KEPT_MS, type Sample } from './samples.ts'
import type { Point } from './scale.ts'
import { Sparkline } from './sparkline.tsx'
import { SYSTEM_WORDS } from './system-words.ts'

const MINUTE_MS = 60_000

type Of = (figures: Sample['figures']) => number | undefined

/** What one gateway does, and how fast. */
export const Charts = () => {
  const words = useWords(SYSTEM_WORDS)
  const { language } = useLanguage()
  const { samples, data } = useFigures()
  const now = useNow(2_000)
  const toMs = Math.max(now, samples.at(-1)?.atMs ?? 0)
  const minutes = Math.min(KEPT_MS / MINUTE_MS, Math.max(1, Math.ceil((toMs - (samples[0]?.atMs ?? toMs)) / MINUTE_MS)))
  const span = { fromMs: toMs - minutes * MINUTE_MS, toMs }
  const points = (of: Of): Point[] => samples.map(({ atMs, figures }) => ({ atMs, value: of(figures) }))
  const number = (value: number): string => value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 1 : 0 })
  const perS = (value: number): string => words.perS(number(value))
  const ms = (value: number): string => `${number(value)} ms`
  const charts: readonly (readonly [name: string, of: Of, format: (value: number) => string])[] = [
    [words.commands, ({ commandsPerS }) => commandsPerS, perS],
    [words.p50, ({ commandP50Ms }) => commandP50Ms, ms],
    [words.p99, ({ commandP99Ms }) => commandP99Ms, ms],
    [words.orders, ({ ordersPerS }) => ordersPerS, perS],
    [words.pushes, ({ pushesPerS }) => pushesPerS, perS],
    [words.loop, ({ loopDelayMs }) => loopDelayMs, ms],
    [words.sockets, ({ sockets }) => sockets, value => words.count(number(value))],
  ]
  return (
    <Panel title={words.charts(minutes)} aside={data && <span className="soft small">{words.chartsNote(data.gateway)}</span>}>
      <div className="system-charts">
        {charts.map(([name, of, format]) => (
          <Sparkline key={name} name={name} points={points(of)} span={span} format={format} />
        ))}
      </div>
    </Panel>
  )
}
