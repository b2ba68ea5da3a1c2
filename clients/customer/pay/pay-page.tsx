import { useState } from 'react'
import { Redirect, useLocation, useSearchParams } from 'wouter'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { Card } from '../../design/card.tsx'
import { useSettings } from '../../web/api-context.tsx'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { problemText } from '../../web/problem-text.ts'
import { useNow } from '../../web/use-now.ts'
import { Loading } from '../frame/loading.tsx'
import { Page } from '../frame/page.tsx'
import { Cancel } from '../order/cancel.tsx'
import { OrderLines } from '../order/order-lines.tsx'
import { ORDER_WORDS } from '../order/order-words.ts'
import { itemsText, payingState } from '../order/standing.ts'
import { useOrder } from '../order/use-order.ts'
import { Decline } from './decline.tsx'
import { PAY_WORDS } from './pay-words.ts'
import { useSent } from './sent-payments.ts'
import { StandInPayment } from './stand-in-payment.tsx'
import { TossPayment } from './toss-payment.tsx'
import { usePay } from './use-pay.ts'

/** What the cart said, when one comes from there: should the menu have changed in that moment, it is told before anything is paid. */
export interface ShownTotal {
  readonly shownTotal?: number
}

const Payment = ({ order }: { readonly order: OrderView }) => {
  const words = useWords(PAY_WORDS)
  const { more } = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  const settings = useSettings()
  const [, navigate] = useLocation()
  const [query] = useSearchParams()
  const { paying, pay } = usePay(order.id)
  const send = async (paymentKey: string): Promise<void> => {
    const paid = await pay(paymentKey)
    if (paid && paid.status !== 'paymentFailed') navigate(`/orders/${order.id}`, { replace: true })
  }
  const { shownTotal } = (history.state ?? {}) as ShownTotal
  const failure = query.get('message') // Toss brought somebody back who did not finish
  return (
    <>
      <Decline order={order} />
      {failure !== null && order.status !== 'paymentFailed' && (
        <Card tone="alert">
          <p role="alert">{`${words.tossCanceled} ${words.reason(failure)}`}</p>
        </Card>
      )}
      <p className="page-row page-sum">
        <span>{words.total}</span>
        <span className="number">{won(order.total, language)}</span>
      </p>
      {shownTotal !== undefined && shownTotal !== order.total && <p role="alert">{words.changed}</p>}
      {paying.at === 'refused' && <p role="alert">{paying.refused.message}</p>}
      {paying.at === 'silent' && <p role="alert">{problemText(paying.error, language)}</p>}
      {!settings && <Loading />}
      {settings?.payment.provider === 'standIn' && (
        <StandInPayment total={order.total} isBusy={paying.at === 'busy'} onPay={key => void send(key)} />
      )}
      {settings?.payment.provider === 'toss' && (
        <TossPayment
          clientKey={settings.payment.clientKey}
          payable={{ orderId: order.id, orderName: itemsText(order, more).slice(0, 100), total: order.total }}
        />
      )}
      {settings?.payment.provider === 'none' && (
        <Card tone="alert">
          <h2>{words.none}</h2>
          <p>{words.noneText}</p>
        </Card>
      )}
      <OrderLines order={order} />
      <Cancel order={order} />
    </>
  )
}

/** Where an order is paid, and paid again after a card said no. */
export const PayPage = ({ id }: { readonly id: string }) => {
  const words = useWords(PAY_WORDS)
  const { order, error, again } = useOrder(id)
  const sent = useSent(id)
  // A payment that was under way when one came is watched elsewhere; one that is sent from here keeps the page until it is answered.
  const [came, setCame] = useState<ReturnType<typeof payingState>>()
  const now = useNow(5_000)
  const state = order && payingState(order, sent !== undefined, now)
  if (state !== undefined && came === undefined) setCame(state)
  if (came === 'checking' || state === 'none' || state === 'waiting') return <Redirect to={`/orders/${id}`} replace />
  return (
    <Page title={words.title} back={`/orders/${id}`}>
      {error !== undefined && <Problem error={error} onAgain={again} />}
      {!order && error === undefined && <Loading />}
      {order && <Payment order={order} />}
    </Page>
  )
}
