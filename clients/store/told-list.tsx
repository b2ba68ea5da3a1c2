import { type ReactNode, useId } from 'react'
import { Button } from '../design/button.tsx'
import { shortId } from '../web/format.ts'
import './told-list.css'

export interface ToldRow {
  readonly key: string
  readonly orderId: string
  readonly text: ReactNode
  onDismiss(): void
}

export interface ToldListProps {
  readonly title: string
  readonly rows: readonly ToldRow[]
  readonly dismiss: string
}

/** What somebody has to read, order by order, until it is put away. Nothing while there is nothing. */
export const ToldList = ({ title, rows, dismiss }: ToldListProps) => {
  const titleId = useId()
  return (
    <div role="alert">
      {rows.length > 0 && (
        <section className="told" aria-labelledby={titleId}>
          <h2 id={titleId} className="told-title">
            {title}
          </h2>
          <ul>
            {rows.map(({ key, orderId, text, onDismiss }) => (
              <li key={key} className="bar">
                <strong className="bar-strong number">{shortId(orderId)}</strong>
                <p className="bar-text">{text}</p>
                <Button aria-label={`${dismiss} ${shortId(orderId)}`} onPress={onDismiss}>
                  {dismiss}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
