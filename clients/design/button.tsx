import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import './button.css'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  /** `primary`: the one thing to do here. `danger`: what cannot be taken back. Default `quiet`. */
  readonly look?: 'primary' | 'quiet' | 'danger' | 'bare'
  /** `large`: for wet hands and red lights, 64 px high. */
  readonly size?: 'normal' | 'large'
  /** As wide as what is around it. */
  readonly wide?: boolean
}

/** While `isPending` it can be focused and does nothing: a second tap is harmless. */
export const Button = ({ look = 'quiet', size = 'normal', wide = false, ...props }: ButtonProps) => (
  <AriaButton {...props} className={`button button-${look} button-${size}${wide ? ' button-wide' : ''}`} />
)
