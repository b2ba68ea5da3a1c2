import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useWords } from '../../web/language.tsx'
import { PARTS_WORDS } from './parts-words.ts'
import './table.css'

export interface Column {
  readonly key: string
  /** Absent: a picture of the figure beside it. */
  readonly title?: string
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
export const Table = ({ caption, captionHidden = false, columns, children }: TableProps) => {
  const words = useWords(PARTS_WORDS)
  const frame = useRef<HTMLDivElement>(null)
  const wide = useOverflow(frame)
  return (
    <div ref={frame} className="table-frame" {...(wide ? { role: 'region', 'aria-label': caption, tabIndex: 0 } : {})}>
      <table className="table">
        <caption className={captionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, as }) => (
              <th key={key} scope="col" className={as && `table-${as}`}>
                {title ?? <span className="visually-hidden">{words.picture}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** Whether there is more than fits: then, and only then, it is a stop on the way of the tab key, to be scrolled by the arrows. */
const useOverflow = (frame: RefObject<HTMLElement | null>): boolean => {
  const [overflows, setOverflows] = useState(false)
  useEffect(() => {
    const { current } = frame
    if (!current) return
    const watch = new ResizeObserver(() => setOverflows(current.scrollWidth > current.clientWidth))
    watch.observe(current)
    return () => watch.disconnect()
  }, [frame])
  return overflows
}

/** A cell of figures. */
export const Figure = ({ children }: { readonly children: ReactNode }) => <td className="table-number">{children}</td>
