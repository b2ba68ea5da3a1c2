import type { BreakerChangeView } from '../../../server/contract/breakers.ts'
import type { Span } from '../parts/span.ts'

/** A while in one state. */
export interface Band extends Span {
  readonly state: BreakerChangeView['state']
  readonly forced: boolean
}
export interface Rect {
  readonly band: Band
  readonly x: number
  readonly width: number
}

/** The states of a breaker in a span of time, oldest first, without those that follow each other unchanged. Before the oldest change nothing is known. */
export const bandsOf = (newestFirst: readonly BreakerChangeView[], { fromMs, toMs }: Span): Band[] => {
  const changes = newestFirst.toReversed().map(({ at, state, forced }) => ({ atMs: Date.parse(at), state, forced }))
  const bands: Band[] = []
  changes.forEach(({ atMs, state, forced }, i) => {
    const from = Math.max(atMs, fromMs)
    const to = Math.min(changes[i + 1]?.atMs ?? toMs, toMs)
    if (to <= from) return
    const last = bands.at(-1)
    if (last?.state === state && last.forced === forced) bands[bands.length - 1] = { ...last, toMs: to }
    else bands.push({ fromMs: from, toMs: to, state, forced })
  })
  return bands
}

/** How often it was open, and for how long in all, ms. */
export const openingsIn = (bands: readonly Band[]): { readonly times: number; readonly ms: number } => {
  const open = bands.filter(({ state }) => state === 'open')
  return { times: open.length, ms: open.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) }
}

/** An opening of two seconds in a week is seen, too. */
const LEAST_WIDTH = 4

/** Where they are drawn, the closed ones first, so that nothing hides an opening. */
export const rectsOf = (bands: readonly Band[], { fromMs, toMs }: Span, width: number): Rect[] => {
  const x = (ms: number): number => ((ms - fromMs) / Math.max(1, toMs - fromMs)) * width
  return bands
    .map(band => {
      const natural = x(band.toMs) - x(band.fromMs)
      const drawn = band.state === 'closed' ? natural : Math.max(LEAST_WIDTH, natural)
      return { band, x: Math.min(x(band.fromMs), width - drawn), width: drawn }
    })
    .sort((a, b) => Number(a.band.state !== 'closed') - Number(b.band.state !== 'closed'))
}
