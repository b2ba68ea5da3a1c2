import { Button } from './button.tsx'
import './stepper.css'

export interface StepperProps {
  /** What is counted, for whoever does not see it: "후라이드치킨 수량". */
  readonly label: string
  readonly less: string
  readonly more: string
  readonly value: number
  readonly least: number
  readonly most: number
  onChange(value: number): void
}

/** A small number, by the tap. */
export const Stepper = ({ label, less, more, value, least, most, onChange }: StepperProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's, and this is two buttons and a number
  <div className="stepper" role="group" aria-label={label}>
    <Button aria-label={less} isDisabled={value <= least} onPress={() => onChange(value - 1)}>
      −
    </Button>
    <output className="stepper-value number">{value}</output>
    <Button aria-label={more} isDisabled={value >= most} onPress={() => onChange(value + 1)}>
      +
    </Button>
  </div>
)
