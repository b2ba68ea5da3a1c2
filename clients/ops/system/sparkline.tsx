import { useWords } from '../../web/language.tsx'
import type { Span } from '../parts/span.ts'
import { linesOf, type Point, rangeOf, topOf } from './scale.ts'
import { SYSTEM_WORDS } from './system-words.ts'
import './sparkline.css'

const BOX = { width: 300, height: 64 }

export interface SparklineProps {
  readonly name: string
  readonly points: readonly Point[]
  readonly span: Span
  /** A value with its unit. */
  readonly format: (value: number) => string
}

/** A figure over the last minutes. What the line shows is said in words beside it: the newest, the least and the most. */
export const Sparkline = ({ name, points, span, format }: SparklineProps) => {
  const words = useWords(SYSTEM_WORDS)
  const range = rangeOf(points)
  const top = topOf(range?.most ?? 0)
  const told = range ? words.range(format(range.least), format(range.most)) : words.noFigure
  return (
    <figure className="spark">
      <figcaption className="spark-top">
        <span className="spark-name">{name}</span>
        <strong className="spark-value number">{range ? format(range.last) : '—'}</strong>
      </figcaption>
      <div className="spark-plot">
        <span className="spark-scale small soft number" aria-hidden="true">
          {format(top)}
        </span>
        <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" role="img" aria-label={`${name}: ${told}`}>
          {[0, BOX.height / 2].map(y => (
            <line key={y} className="spark-grid" x1="0" x2={BOX.width} y1={y} y2={y} />
          ))}
          {linesOf(points, span, top, BOX).map(line => (
            <polyline key={line.slice(0, line.indexOf(','))} points={line} />
          ))}
        </svg>
      </div>
      <p className="small soft number">{told}</p>
    </figure>
  )
}
