import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components/RadioGroup'
import { ChoiceFace, ChoiceHead, type ChoiceHeadProps, type ChoiceOption } from './choice.tsx'

export interface RadioGroupProps extends ChoiceHeadProps {
  readonly options: readonly ChoiceOption[]
  /** Undefined: none is chosen yet. */
  readonly value: string | undefined
  onChange(value: string): void
}

/** One of several. */
export const RadioGroup = ({ options, value, onChange, ...head }: RadioGroupProps) => (
  <AriaRadioGroup className="choice-group" value={value ?? null} onChange={onChange}>
    <ChoiceHead {...head} />
    {options.map(({ value, isDisabled = false, ...face }) => (
      <Radio key={value} value={value} isDisabled={isDisabled} className="choice">
        <ChoiceFace {...face} mark="round" />
      </Radio>
    ))}
  </AriaRadioGroup>
)
