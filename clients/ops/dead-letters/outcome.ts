import type { DeadLetterView } from '../../../server/contract/ops.ts'
import type { StoryEntry } from '../../../server/contract/order-story.ts'

/** What came of a letter that was tried again. `unknown`: only orders tell their story. */
export type Outcome = 'waiting' | 'done' | 'failed' | 'dropped' | 'givenUp' | 'unknown'

/** `order/o_81` is of order o_81; anything else of none. */
export const orderOf = ({ address }: Pick<DeadLetterView, 'address'>): string | undefined => /^order\/(.+)$/.exec(address)?.[1]

/** Found in the order's story: the end of the very effect that was given up. */
export const outcomeOf = ({ id }: Pick<DeadLetterView, 'id'>, entries: readonly StoryEntry[]): Outcome => {
  for (const entry of entries) if (entry.kind === 'effect' && entry.id === id) return entry.end.kind
  return 'unknown'
}

/** Of what was tried again and of what waits, the latter first where it waits again. */
export const isStillWaiting = ({ id }: Pick<DeadLetterView, 'id'>, letters: readonly DeadLetterView[]): boolean =>
  letters.some(letter => letter.id === id && letter.retried === undefined)
