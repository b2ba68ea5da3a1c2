import type { CommandNamed } from '../../shared/commands.ts'
import { newKey } from '../../shared/new-key.ts'
import { Kept } from '../../web/kept.ts'

type Wish = Omit<CommandNamed<'place'>, 'idempotencyKey'>
interface Intent {
  readonly wish: string
  readonly key: string
}

const isIntent = (read: unknown): read is Intent => typeof (read as Partial<Intent> | null)?.key === 'string'
const kept = new Kept<Intent | undefined>('order intent', undefined, (read): read is Intent | undefined => isIntent(read))

/**
 * One wish, one key: however often it is tapped, and also after a reload, the same cart for the same door is the same order, until the server has
 * said what became of it.
 */
export const keyOf = (wish: Wish): string => {
  const text = JSON.stringify(wish)
  if (kept.value?.wish !== text) kept.set({ wish: text, key: newKey() })
  return kept.value?.key ?? newKey()
}

/** It was taken: the next one is another order, even if it is for the same things. */
export const isTaken = (): void => kept.set(undefined)
