import { Checkbox } from 'react-aria-components/Checkbox'
import { CheckboxGroup as AriaCheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { ChoiceFace, ChoiceHead, type ChoiceHeadProps, type ChoiceOption } from './choice.tsx'

export interface CheckboxGroupProps extends ChoiceHeadProps {
  readonly options: readonly ChoiceOption[]
  readonly value: readonly string[]
  onChange(value: string[]): void
}

/** Any of several. */
export const CheckboxGroup = ({ options, value, onChange, ...head }: CheckboxGroupProps) => (
  <AriaCheckboxGroup className="choice-group" value={[...value]} onChange={onChange}>
    <ChoiceHead {...head} />
    {options.map(({ value, isDisabled = false, ...face }) => (
      <Checkbox key={value} value={value} isDisabled={isDisabled} className="choice">
        <ChoiceFace {...face} mark="square" />
      </Checkbox>
    ))}
  </AriaCheckboxGroup>
)
