import type { ReactNode } from 'react'
import './table.css'

export interface Column {
  readonly key: string
  readonly title: ReactNode
  /** Numbers stand below each other, controls at the end. */
  readonly as?: 'number' | 'act'
}

export interface TableProps {
  readonly caption: string
  /** The page says it already, just above. */
  readonly captionHidden?: boolean
  readonly columns: readonly Column[]
  /** Rows of `Cells`. */
  readonly children: ReactNode
}

/** A real table, which scrolls sideways by itself where it is too wide. */
export const Table = ({ caption, captionHidden = false, columns, children }: TableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls a wide table by the arrow keys
  <section className="table-frame" aria-label={caption} tabIndex={0}>
    <table className="table">
      <caption className={captionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, title, as }) => (
            <th key={key} scope="col" className={as && `table-${as}`}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
)

/** A cell of figures. */
export const Figure = ({ children }: { readonly children: ReactNode }) => <td className="table-number">{children}</td>
