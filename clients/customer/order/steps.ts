import type { OrderStatus } from '../../../machines/order-types.ts'
import type { TimelineEntry } from '../../../server/contract/order-view-schema.ts'

/** The way of an order that goes well, as its customer follows it. */
export const STEPS = ['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered'] as const
export type StepName = (typeof STEPS)[number]

export interface Step {
  readonly name: StepName
  readonly state: 'done' | 'now' | 'ahead'
  /** When it began, ISO 8601 UTC, once it has and that is known. */
  readonly at?: string
}

interface Walked {
  readonly status: OrderStatus
  readonly updatedAt: string
}

const placeOf = (status: string): number => (STEPS as readonly string[]).indexOf(status)

/** How far it came: -1 before it was paid. An order that ended undelivered came as far as its story says. */
const reached = (status: OrderStatus, story: readonly Pick<TimelineEntry, 'status'>[]): number => {
  if (status === 'confirmed') return STEPS.length
  return placeOf(status) >= 0 ? placeOf(status) : Math.max(-1, ...story.map(entry => placeOf(entry.status)))
}

/** Of one that ended undelivered, only how far it came. @param story oldest first; it may lag behind the order, or not be there */
export const stepsOf = ({ status, updatedAt }: Walked, story: readonly Pick<TimelineEntry, 'status' | 'at'>[]): readonly Step[] => {
  const upTo = reached(status, story)
  const isOver = placeOf(status) < 0
  const isUndelivered = isOver && status !== 'confirmed'
  return STEPS.slice(0, isUndelivered ? upTo + 1 : STEPS.length).map((name, i) => {
    const at = story.find(entry => entry.status === name)?.at ?? (name === status ? updatedAt : undefined)
    const state = i > upTo ? 'ahead' : i === upTo && !isOver ? 'now' : 'done'
    return { name, state, ...(i > upTo || at === undefined ? {} : { at }) }
  })
}
