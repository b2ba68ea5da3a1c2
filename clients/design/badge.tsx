import type { ReactNode } from 'react'
import './badge.css'

/** A word about a state. Colour never says it alone. */
export const Badge = ({
  tone = 'plain',
  children,
}: {
  readonly tone?: 'plain' | 'good' | 'bad' | 'wait' | 'info'
  readonly children: ReactNode
}) => <span className={`badge badge-${tone}`}>{children}</span>
