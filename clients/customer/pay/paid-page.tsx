import { useEffect } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { Button } from '../../design/button.tsx'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { problemText } from '../../web/problem-text.ts'
import { Loading } from '../frame/loading.tsx'
import { Page } from '../frame/page.tsx'
import { useOrder } from '../order/use-order.ts'
import { PAY_WORDS } from './pay-words.ts'
import { usePay } from './use-pay.ts'

const Sending = ({ order, paymentKey }: { readonly order: OrderView; readonly paymentKey: string }) => {
  const words = useWords(PAY_WORDS)
  const { language } = useLanguage()
  const [, navigate] = useLocation()
  const { paying, pay } = usePay(order.id)
  const send = async (): Promise<void> => {
    const paid = await pay(paymentKey)
    if (paid) navigate(`/orders/${order.id}${paid.status === 'paymentFailed' ? '/pay' : ''}`, { replace: true })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: one key is sent once, whatever else changes
  useEffect(() => void send(), [paymentKey])
  if (paying.at === 'rest' || paying.at === 'busy')
    return (
      <div role="status">
        <h2>{words.checking}</h2>
        <p>{words.checkingText}</p>
      </div>
    )
  return (
    <>
      <p role="alert">{paying.at === 'refused' ? paying.refused.message : problemText(paying.error, language)}</p>
      {paying.at === 'silent' && (
        <Button look="primary" wide onPress={() => void send()}>
          {words.again}
        </Button>
      )}
      <Link href={`/orders/${order.id}`} className="button button-quiet button-normal button-wide">
        {words.toOrder}
      </Link>
    </>
  )
}

/** Where Toss brings a browser back to that has shown it a card: only now, with the key from there, is anything paid. */
export const PaidPage = ({ id }: { readonly id: string }) => {
  const words = useWords(PAY_WORDS)
  const [query] = useSearchParams()
  const { order, error, again } = useOrder(id)
  const paymentKey = query.get('paymentKey') ?? ''
  // The address of a page can be written by anybody: what it says must be this order and its price.
  const isOurs = paymentKey !== '' && query.get('orderId') === id && Number(query.get('amount')) === order?.total
  return (
    <Page title={words.title} back={`/orders/${id}`}>
      {error !== undefined && <Problem error={error} onAgain={again} />}
      {!order && error === undefined && <Loading />}
      {order && isOurs && <Sending order={order} paymentKey={paymentKey} />}
      {order && !isOurs && (
        <>
          <p role="alert">{words.mismatch}</p>
          <Link href={`/orders/${id}/pay`} className="button button-primary button-normal button-wide">
            {words.title}
          </Link>
        </>
      )}
    </Page>
  )
}
