import { won } from '../web/format.ts'
import { useLanguage } from '../web/language.tsx'
import { dayLabel } from './day-label.ts'
import { keptOf, type SalesDay, topOf } from './sales-week.ts'

/** Units of the drawing; it grows with the page. */
const BOX = { width: 700, height: 240, top: 28, foot: 28, bar: 56 } as const

/** Bars of won by day. The table beside it says the same in words, so readers of screens pass over it. */
export const SalesChart = ({ week }: { readonly week: readonly SalesDay[] }) => {
  const { language } = useLanguage()
  const top = topOf(week)
  const step = BOX.width / week.length
  const reach = BOX.height - BOX.top - BOX.foot
  const ground = BOX.height - BOX.foot
  return (
    <svg className="sales-chart" viewBox={`0 0 ${BOX.width} ${BOX.height}`} aria-hidden="true">
      <line className="sales-ground" x1={0} x2={BOX.width} y1={ground} y2={ground} />
      {week.map((day, place) => {
        const height = (keptOf(day) / top) * reach
        const middle = step * (place + 0.5)
        const isToday = place === week.length - 1
        return (
          <g key={day.day}>
            <rect
              className={isToday ? 'sales-bar sales-bar-today' : 'sales-bar'}
              x={middle - BOX.bar / 2}
              y={ground - height}
              width={BOX.bar}
              height={height}
              rx={4}
            />
            {keptOf(day) > 0 && (
              <text className="sales-value" x={middle} y={ground - height - 8}>
                {won(keptOf(day), language)}
              </text>
            )}
            <text className={isToday ? 'sales-day sales-day-today' : 'sales-day'} x={middle} y={BOX.height - 8}>
              {dayLabel(day.day, language)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
