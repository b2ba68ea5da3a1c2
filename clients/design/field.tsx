import type { ReactNode } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField, type TextFieldProps } from 'react-aria-components/TextField'
import './field.css'

export interface FieldProps extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong with it, in a sentence; shown, and read out. */
  readonly problem?: string | undefined
  /** More than one line. */
  readonly long?: boolean
  readonly placeholder?: string
}

export const Field = ({ label, hint, problem, long = false, placeholder = '', ...props }: FieldProps) => (
  <TextField {...props} isInvalid={problem !== undefined} className="field">
    <Label className="field-label">{label}</Label>
    {long ? (
      <TextArea className="field-input" rows={3} placeholder={placeholder} />
    ) : (
      <Input className="field-input" placeholder={placeholder} />
    )}
    {hint !== undefined && (
      <Text slot="description" className="soft small">
        {hint}
      </Text>
    )}
    <FieldError className="field-problem">{problem}</FieldError>
  </TextField>
)
