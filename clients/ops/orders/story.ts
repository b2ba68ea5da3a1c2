import type { OrderStory, StoryEntry } from '../../../server/contract/order-story.ts'

export type Entry<Kind extends StoryEntry['kind']> = Extract<StoryEntry, { readonly kind: Kind }>
export type Step = Entry<'record'>
/** Whatever is not a step of the order itself. */
export type Aside = Exclude<StoryEntry, Step>

/** A step of an order, and all that it led to. Without a step: what nobody can say the step of. */
export interface Chapter {
  readonly at: string
  readonly step?: Step
  /** Since the step before, ms. */
  readonly afterMs?: number
  /** The status before, where the step has changed it. */
  readonly from?: string
  readonly asides: readonly Aside[]
}

/** What people want to know first: not the clockwork of limits, boards and tells. */
const PLAIN: readonly StoryEntry['kind'][] = ['record', 'effect', 'alert', 'message', 'deadLetter']

/**
 * The story by its steps, oldest first: every effect, limit, message and dead letter stands with the step that led to it.
 * @param all also limits, boards and what other actors were told
 */
export const chaptersOf = (entries: readonly StoryEntry[], all: boolean): Chapter[] => {
  const told = entries.filter(({ kind }) => all || PLAIN.includes(kind))
  const versions = new Map(told.filter(isEffect).map(({ id, version }) => [id, version]))
  const steps = told.filter(isStep)
  const byVersion = new Map(steps.map(({ version }) => [version, [] as Aside[]]))
  const alone: Chapter[] = []
  for (const entry of told) {
    if (isStep(entry)) continue
    const version = entry.kind === 'deadLetter' ? versions.get(entry.id) : entry.version
    const asides = version === undefined ? undefined : byVersion.get(version)
    if (asides) asides.push(entry)
    else alone.push({ at: entry.at, asides: [entry] })
  }
  const chapters = steps.map((step, i): Chapter => {
    const before = steps[i - 1]
    return {
      at: step.at,
      step,
      ...(before ? { afterMs: Date.parse(step.at) - Date.parse(before.at) } : {}),
      ...(before && before.status !== step.status ? { from: before.status } : {}),
      asides: byVersion.get(step.version) ?? [],
    }
  })
  return [...chapters, ...alone].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

const isStep = (entry: StoryEntry): entry is Step => entry.kind === 'record'
const isEffect = (entry: StoryEntry): entry is Entry<'effect'> => entry.kind === 'effect'

const ABORTABLE: readonly string[] = ['placed', 'accepted', 'cooking', 'cooked', 'picked']

/** Paid, and not delivered: an operator can end it, with a refund. */
export const isAbortable = ({ status }: Pick<OrderStory['order'], 'status'>): boolean => ABORTABLE.includes(status)

/** Nothing will change it any more: it need not be asked for again. */
export const isOver = ({ status, refund }: Pick<OrderStory['order'], 'status' | 'refund'>): boolean =>
  ['confirmed', 'rejected', 'canceled', 'expired'].includes(status) && refund !== 'pending'
