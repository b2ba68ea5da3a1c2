import type { ReactNode } from 'react'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import './choice.css'

/** One of those that can be chosen. */
export interface ChoiceOption {
  readonly value: string
  readonly text: ReactNode
  /** To its right: a price, or why it cannot be had. */
  readonly aside?: ReactNode
  readonly isDisabled?: boolean
}

export interface ChoiceHeadProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
}

/** What is asked. */
export const ChoiceHead = ({ label, hint }: ChoiceHeadProps) => (
  <>
    <Label className="choice-label">{label}</Label>
    {hint !== undefined && (
      <Text slot="description" className="soft small">
        {hint}
      </Text>
    )}
  </>
)

/** How one of them looks. @param mark round: of which one is taken */
export const ChoiceFace = ({ text, aside, mark }: Pick<ChoiceOption, 'text' | 'aside'> & { readonly mark: 'square' | 'round' }) => (
  <>
    <span className={mark === 'round' ? 'choice-mark choice-mark-round' : 'choice-mark'} aria-hidden="true" />
    <span className="choice-text">{text}</span>
    {aside !== undefined && <span className="choice-aside number">{aside}</span>}
  </>
)
