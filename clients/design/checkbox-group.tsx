import type { ReactNode } from 'react'
import { Checkbox } from 'react-aria-components/Checkbox'
import { CheckboxGroup as AriaCheckboxGroup } from 'react-aria-components/CheckboxGroup'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import type { ChoiceOption } from './radio-group.tsx'
import './choice.css'

export interface CheckboxGroupProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly options: readonly ChoiceOption[]
  readonly value: readonly string[]
  onChange(value: string[]): void
}

/** Any of several. */
export const CheckboxGroup = ({ label, hint, options, value, onChange }: CheckboxGroupProps) => (
  <AriaCheckboxGroup className="choice-group" value={[...value]} onChange={onChange}>
    <Label className="choice-label">{label}</Label>
    {hint !== undefined && (
      <Text slot="description" className="soft small">
        {hint}
      </Text>
    )}
    {options.map(({ value, text, aside, isDisabled = false }) => (
      <Checkbox key={value} value={value} isDisabled={isDisabled} className="choice">
        <span className="choice-mark" aria-hidden="true" />
        <span className="choice-text">{text}</span>
        {aside !== undefined && <span className="choice-aside number">{aside}</span>}
      </Checkbox>
    ))}
  </AriaCheckboxGroup>
)
