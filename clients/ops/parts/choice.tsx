import { useId } from 'react'
import '../../design/field.css'
import './choice.css'

export interface ChoiceProps {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly value: string
  onChange(value: string): void
}

/** One of a few, by the browser's own list. */
export const Choice = ({ label, options, value, onChange }: ChoiceProps) => {
  const id = useId()
  return (
    <div className="choice">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="field-input choice-list" value={value} onChange={event => onChange(event.target.value)}>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}
