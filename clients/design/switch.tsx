import type { ReactNode } from 'react'
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components/Switch'
import './switch.css'

export interface SwitchProps extends Omit<AriaSwitchProps, 'className' | 'style' | 'children'> {
  readonly children: ReactNode
}

export const Switch = ({ children, ...props }: SwitchProps) => (
  <AriaSwitch {...props} className="switch">
    <span className="switch-track" aria-hidden="true" />
    {children}
  </AriaSwitch>
)
