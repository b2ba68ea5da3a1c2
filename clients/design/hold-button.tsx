import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import './button.css'
import './hold-button.css'

export interface HoldButtonProps
  extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'onPress' | 'onPressStart' | 'onPressEnd'> {
  /** Held to the end. */
  onHeld(): void
  /** Under the words: that it wants to be held. */
  readonly hint: string
  readonly children: ReactNode
}

/** Longer than a tap in a pocket, shorter than a red light. */
const HOLD_MS = 700

/** For what cannot be taken back and is done with gloves: a finger has to stay on it. A keyboard or a screen reader does not slip, and presses once. */
export const HoldButton = ({ onHeld, hint, children, ...props }: HoldButtonProps) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [holding, setHolding] = useState(false)
  const letGo = (): void => {
    clearTimeout(timer.current)
    setHolding(false)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <AriaButton
      {...props}
      className="button button-primary button-large button-wide hold-button"
      data-holding={holding || undefined}
      onPressStart={({ pointerType }) => {
        if (isSure(pointerType)) return
        setHolding(true)
        timer.current = setTimeout(() => {
          setHolding(false)
          onHeld()
        }, HOLD_MS)
      }}
      onPressEnd={letGo}
      onPress={({ pointerType }) => {
        if (isSure(pointerType)) onHeld()
      }}
    >
      <span className="hold-button-fill" aria-hidden="true" />
      <span className="hold-button-words">
        {children}
        <span className="hold-button-hint">{hint}</span>
      </span>
    </AriaButton>
  )
}

const isSure = (pointerType: string): boolean => pointerType === 'keyboard' || pointerType === 'virtual'
