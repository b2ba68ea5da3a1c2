import type { MenuItem } from '../../../machines/price.ts'
import { Badge } from '../../design/badge.tsx'
import { CheckboxGroup } from '../../design/checkbox-group.tsx'
import type { ChoiceOption } from '../../design/choice.tsx'
import { RadioGroup } from '../../design/radio-group.tsx'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { type Chosen, chosenOf, isFull, withChosen } from '../cart/choosing.ts'
import { STORES_WORDS } from './stores-words.ts'

export interface OptionGroupProps {
  readonly group: MenuItem['options'][number]
  readonly chosen: Chosen
  onChoose(chosen: Chosen): void
}

/** What may, or must, be chosen: one of it, or several. A choice of one that need not be made can be taken back. */
export const OptionGroup = ({ group, chosen, onChoose }: OptionGroupProps) => {
  const words = useWords(STORES_WORDS)
  const { language } = useLanguage()
  const { min, max } = group
  const mine = chosenOf(group, chosen)
  const isSingle = min === 1 && max === 1
  const hint = isSingle
    ? words.chooseOne
    : min === 0
      ? words.chooseUpTo(max)
      : min === max
        ? words.chooseExactly(min)
        : words.chooseBetween(min, max)
  const options: ChoiceOption[] = group.choices.map(({ id, name, price, soldOut }) => ({
    value: id,
    text: name,
    aside: soldOut ? words.soldOut : price === 0 ? words.free : `+${won(price, language)}`,
    isDisabled: soldOut === true || (max > 1 && isFull(group, chosen) && !mine.includes(id)),
  }))
  const label = (
    <>
      {group.name} <Badge tone={min > 0 ? 'wait' : 'plain'}>{min > 0 ? words.required : words.optional}</Badge>
    </>
  )
  const choose = (ids: readonly string[]): void => onChoose(withChosen(chosen, group, ids))
  if (isSingle) return <RadioGroup label={label} hint={hint} options={options} value={mine[0]} onChange={id => choose([id])} />
  // Of at most one, the one tapped last counts.
  const newest = (ids: readonly string[]): readonly string[] => (max === 1 ? ids.filter(id => !mine.includes(id)).slice(0, 1) : ids)
  return <CheckboxGroup label={label} hint={hint} options={options} value={mine} onChange={ids => choose(newest(ids))} />
}
