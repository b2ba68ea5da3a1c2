import type { PropsWithChildren } from 'react'
import './card.css'

/** One thing on the page, with a ground of its own. */
export const Card = ({ children, tone = 'plain' }: PropsWithChildren<{ readonly tone?: 'plain' | 'alert' }>) => (
  <div className={`card card-${tone}`}>{children}</div>
)
