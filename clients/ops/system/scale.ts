import type { Span } from '../parts/span.ts'

/** A value at an instant; undefined: there was none, and the line has a gap. */
export interface Point {
  readonly atMs: number
  readonly value: number | undefined
}
interface Box {
  readonly width: number
  readonly height: number
}
interface Known {
  readonly atMs: number
  readonly value: number
}

/** Two answers that are further apart have something unknown between them: a tab that was hidden, a gateway that was away. */
export const GAP_MS = 7_000

const isKnown = (point: Point): point is Known => point.value !== undefined

/** The least of 1, 2, 5, 10, 20, 50 … that is not less: a scale that seldom changes. Nothing at all is drawn on a scale of 1. */
export const topOf = (value: number): number => {
  if (value <= 0) return 1
  const decade = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map(step => step * decade).find(top => top >= value * (1 - 1e-9)) ?? 10 * decade
}

export interface Range {
  readonly least: number
  readonly most: number
  readonly last: number
}

/** Undefined: nothing is known. */
export const rangeOf = (points: readonly Point[]): Range | undefined => {
  const values = points.filter(isKnown).map(({ value }) => value)
  const last = values.at(-1)
  return last === undefined ? undefined : { least: Math.min(...values), most: Math.max(...values), last }
}

/** The stretches of a line, each as an SVG `points`: a gap in what is known is a gap in the line. The oldest is on the left, 0 at the bottom. */
export const linesOf = (points: readonly Point[], { fromMs, toMs }: Span, top: number, { width, height }: Box): string[] => {
  const stretches: Known[][] = []
  let before: number | undefined
  for (const point of points) {
    if (point.atMs < fromMs || point.atMs > toMs) continue
    if (isKnown(point)) {
      const current = stretches.at(-1)
      if (current && before !== undefined && point.atMs - before <= GAP_MS) current.push(point)
      else stretches.push([point])
    }
    before = isKnown(point) ? point.atMs : undefined
  }
  const x = (atMs: number): number => round(((atMs - fromMs) / Math.max(1, toMs - fromMs)) * width)
  const y = (value: number): number => round(height - (Math.min(value, top) / top) * height)
  return stretches.map(stretch => stretch.map(({ atMs, value }) => `${x(atMs)},${y(value)}`).join(' '))
}

const round = (value: number): number => Math.round(value * 10) / 10
