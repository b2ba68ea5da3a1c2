import type { ReactNode } from 'react'
import { Label } from 'react-aria-components/Label'
import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components/RadioGroup'
import { Text } from 'react-aria-components/Text'
import './choice.css'

export interface ChoiceOption {
  readonly value: string
  readonly text: ReactNode
  /** To its right: a price, or why it cannot be had. */
  readonly aside?: ReactNode
  readonly isDisabled?: boolean
}
export interface RadioGroupProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly options: readonly ChoiceOption[]
  /** Undefined: none is chosen yet. */
  readonly value: string | undefined
  onChange(value: string): void
}

/** One of several. */
export const RadioGroup = ({ label, hint, options, value, onChange }: RadioGroupProps) => (
  <AriaRadioGroup className="choice-group" value={value ?? null} onChange={onChange}>
    <Label className="choice-label">{label}</Label>
    {hint !== undefined && (
      <Text slot="description" className="soft small">
        {hint}
      </Text>
    )}
    {options.map(({ value, text, aside, isDisabled = false }) => (
      <Radio key={value} value={value} isDisabled={isDisabled} className="choice">
        <span className="choice-mark choice-mark-round" aria-hidden="true" />
        <span className="choice-text">{text}</span>
        {aside !== undefined && <span className="choice-aside number">{aside}</span>}
      </Radio>
    ))}
  </AriaRadioGroup>
)
