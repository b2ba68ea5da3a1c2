import type { FiguresView } from '../../../server/contract/watch.ts'

/** What a gateway said of itself at an instant. */
export interface Sample {
  readonly atMs: number
  readonly figures: FiguresView
}

/** What the charts show. */
export const KEPT_MS = 10 * 60_000

/** One more, and without those that are too old. Another gateway's figures are another story: it begins anew. */
export const withSample = (samples: readonly Sample[], sample: Sample): readonly Sample[] => [
  ...samples.filter(
    ({ atMs, figures }) => atMs > sample.atMs - KEPT_MS && atMs < sample.atMs && figures.gateway === sample.figures.gateway,
  ),
  sample,
]
