import type { SalesView } from '../../server/contract/sales.ts'
import { dayAfter } from './calendar.ts'

export type SalesDay = SalesView['items'][number]

export const WEEK_DAYS = 7

/** The seven days that end with this one, oldest first; a day without an order counts nothing. */
export const weekOf = (items: readonly SalesDay[], today: string): readonly SalesDay[] =>
  Array.from({ length: WEEK_DAYS }, (_, index) => {
    const day = dayAfter(today, index - WEEK_DAYS + 1)
    return items.find(item => item.day === day) ?? { day, orders: 0, amount: 0, refunded: 0 }
  })

/** Won that stayed. */
export const keptOf = ({ amount, refunded }: Pick<SalesDay, 'amount' | 'refunded'>): number => amount - refunded

/** A round amount of won that no day is above, for the top of the chart. */
export const topOf = (week: readonly SalesDay[]): number => {
  const most = Math.max(...week.map(keptOf), 1)
  const step = 10 ** Math.floor(Math.log10(most))
  return Math.ceil(most / step) * step
}
