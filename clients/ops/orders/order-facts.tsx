import { Link } from 'wouter'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Instant } from '../parts/instant.tsx'
import { Panel } from '../parts/page.tsx'
import { Figure, Table } from '../parts/table.tsx'
import { ORDER_WORDS } from './order-words.ts'

/** The order as it stands, whole. */
export const OrderFacts = ({ order }: { readonly order: OrderView }) => {
  const words = useWords(ORDER_WORDS)
  const { store, customer, rider, deliverTo, note, payment, refund, reason } = order
  return (
    <Panel title={words.facts}>
      <dl className="facts table-links">
        <dt>{words.store}</dt>
        <dd>
          {store.name} <span className="code soft">{store.id}</span>{' '}
          <Link href={`/accounts?role=store&id=${store.id}`}>{words.signOutStore}</Link>
        </dd>
        <dt>{words.customer}</dt>
        <dd>
          {customer.name} <span className="code soft">{customer.id}</span>{' '}
          <Link href={`/accounts?role=customer&id=${customer.id}`}>{words.signOutCustomer}</Link>
        </dd>
        <dt>{words.rider}</dt>
        <dd>
          {rider ? (
            <>
              {rider.name} <span className="code soft">{rider.id}</span>{' '}
              <Link href={`/accounts?role=rider&id=${rider.id}`}>{words.signOutRider}</Link>
            </>
          ) : (
            words.noRider
          )}
        </dd>
        <dt>{words.payment}</dt>
        <dd>{[words.payments[payment.status], payment.code, payment.message].filter(part => part !== undefined).join(' · ')}</dd>
        <dt>{words.refund}</dt>
        <dd>{words.refunds[refund]}</dd>
        <dt>{words.address}</dt>
        <dd>{[deliverTo.address, deliverTo.detail].filter(part => part !== undefined).join(' ')}</dd>
        <Times order={order} />
        {note !== undefined && (
          <>
            <dt>{words.note}</dt>
            <dd>{note}</dd>
          </>
        )}
        {reason !== undefined && (
          <>
            <dt>{words.reason}</dt>
            <dd>{reason}</dd>
          </>
        )}
        <dt>{words.version}</dt>
        <dd className="number">{order.version}</dd>
      </dl>
      <Items order={order} />
    </Panel>
  )
}

const Times = ({ order }: { readonly order: OrderView }) => {
  const words = useWords(ORDER_WORDS)
  return (['placedAt', 'prepReadyAt', 'claimedUntil', 'updatedAt'] as const).map(time => {
    const at = order[time]
    if (at === undefined) return null
    return (
      <div key={time} className="facts-pair">
        <dt>{words[time]}</dt>
        <dd>
          <Instant at={at} lapse={time === 'placedAt' || time === 'updatedAt'} />
        </dd>
      </div>
    )
  })
}

const Items = ({ order: { items, total } }: { readonly order: OrderView }) => {
  const words = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  const columns = [
    { key: 'name', title: words.name },
    { key: 'choices', title: words.choices },
    { key: 'price', title: words.unitPrice, as: 'number' },
    { key: 'quantity', title: words.quantity, as: 'number' },
    { key: 'sum', title: words.lineTotal, as: 'number' },
  ] as const
  return (
    <Table caption={words.items} columns={columns}>
      {items.map(({ menuId, name, choices, unitPrice, quantity, lineTotal }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an order never change, and two may be alike
        <tr key={`${menuId} ${i}`}>
          <th scope="row">{name}</th>
          <td>{choices.map(choice => choice.name).join(', ')}</td>
          <Figure>{won(unitPrice, language)}</Figure>
          <Figure>{quantity}</Figure>
          <Figure>{won(lineTotal, language)}</Figure>
        </tr>
      ))}
      <tr>
        <th scope="row" colSpan={4}>
          {words.total}
        </th>
        <Figure>
          <strong>{won(total, language)}</strong>
        </Figure>
      </tr>
    </Table>
  )
}
