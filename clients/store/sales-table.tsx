import { won } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import { dayLabel } from './day-label.ts'
import type { SalesDay } from './sales-week.ts'
import { SALES_WORDS } from './sales-words.ts'

/** The numbers of the chart, today first. */
export const SalesTable = ({ week }: { readonly week: readonly SalesDay[] }) => {
  const words = useWords(SALES_WORDS)
  const { language } = useLanguage()
  return (
    <table className="sales-table number">
      <caption className="visually-hidden">{words.week}</caption>
      <thead>
        <tr>
          <th scope="col">{words.table.day}</th>
          <th scope="col">{words.table.orders}</th>
          <th scope="col">{words.table.amount}</th>
          <th scope="col">{words.table.refunded}</th>
        </tr>
      </thead>
      <tbody>
        {week.toReversed().map(({ day, orders, amount, refunded }) => (
          <tr key={day}>
            <th scope="row">{dayLabel(day, language)}</th>
            <td>{orders}</td>
            <td>{won(amount, language)}</td>
            <td>{won(refunded, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
