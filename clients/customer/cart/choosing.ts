import type { MenuItem, OptionGroup } from '../../../machines/price.ts'

/** Ids of choices, of whatever group. */
export type Chosen = readonly string[]

/** Of one group; what has sold out since it was chosen does not count. */
export const chosenOf = ({ choices }: OptionGroup, chosen: Chosen): string[] =>
  choices.filter(({ id, soldOut }) => soldOut !== true && chosen.includes(id)).map(({ id }) => id)

/** What was chosen of one group takes the place of what was chosen of it before, and never exceeds what it allows. */
export const withChosen = (chosen: Chosen, group: OptionGroup, ids: readonly string[]): Chosen => {
  const known = new Set(group.choices.map(({ id }) => id))
  return [...chosen.filter(id => !known.has(id)), ...ids.filter(id => known.has(id)).slice(0, group.max)]
}

/** The first group that has not been answered yet, and how many choices it still wants; undefined: all is well. */
export const lackingOf = (
  { options }: Pick<MenuItem, 'options'>,
  chosen: Chosen,
): { readonly group: OptionGroup; readonly missing: number } | undefined => {
  const group = options.find(group => chosenOf(group, chosen).length < group.min)
  return group && { group, missing: group.min - chosenOf(group, chosen).length }
}

/** Of one group: nothing more can be taken of it before something is given back. */
export const isFull = (group: OptionGroup, chosen: Chosen): boolean => chosenOf(group, chosen).length >= group.max
