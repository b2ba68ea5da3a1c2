import { Label } from 'react-aria-components/Label'
import { Meter as AriaMeter } from 'react-aria-components/Meter'
import './meter.css'

export interface MeterProps {
  readonly label: string
  readonly value: number
  readonly most: number
  /** The value in words, shown and read out. */
  readonly text: string
}

/** How much of something there is. */
export const Meter = ({ label, value, most, text }: MeterProps) => (
  <AriaMeter className="meter" value={value} maxValue={most} valueLabel={text}>
    {({ percentage }) => (
      <>
        <span className="meter-words">
          <Label>{label}</Label>
          <span className="number">{text}</span>
        </span>
        <span className="meter-track">
          <span className="meter-fill" style={{ inlineSize: `${percentage}%` }} />
        </span>
      </>
    )}
  </AriaMeter>
)
