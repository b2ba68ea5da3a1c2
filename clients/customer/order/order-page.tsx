import { Link } from 'wouter'
import type { OrderStatus } from '../../../machines/order-types.ts'
import type { OrderView } from '../../../server/contract/order-view.ts'
import { Button } from '../../design/button.tsx'
import { shortId } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { problemText } from '../../web/problem-text.ts'
import { useNow } from '../../web/use-now.ts'
import { ReorderButton } from '../cart/reorder-button.tsx'
import { Loading } from '../frame/loading.tsx'
import { Page } from '../frame/page.tsx'
import { useSent } from '../pay/sent-payments.ts'
import { usePay } from '../pay/use-pay.ts'
import { Cancel } from './cancel.tsx'
import { Headline } from './headline.tsx'
import { OrderLines } from './order-lines.tsx'
import { ORDER_WORDS } from './order-words.ts'
import { RiderMap } from './rider-map.tsx'
import { isOver, payingState } from './standing.ts'
import { StepList } from './step-list.tsx'
import { useAct } from './use-act.ts'
import { useOrder } from './use-order.ts'
import { WaitingRoom } from './waiting-room.tsx'
import './order.css'

/** From the claim on there is somebody to be seen; after the delivery it is nobody's business where he is. */
const ON_THE_WAY: readonly OrderStatus[] = ['cooked', 'picked']

const PayLink = ({ id, isAgain }: { readonly id: string; readonly isAgain: boolean }) => {
  const words = useWords(ORDER_WORDS)
  return (
    <Link href={`/orders/${id}/pay`} className="button button-primary button-large button-wide">
      {isAgain ? words.payAgain : words.pay}
    </Link>
  )
}

/** A payment of which this device has heard nothing: the same key, once more, tells what became of it. */
const CheckAgain = ({ id, paymentKey }: { readonly id: string; readonly paymentKey: string }) => {
  const words = useWords(ORDER_WORDS)
  const { language } = useLanguage()
  const { paying, pay } = usePay(id)
  return (
    <>
      {paying.at === 'silent' && <p role="alert">{problemText(paying.error, language)}</p>}
      <Button wide isPending={paying.at === 'busy'} onPress={() => void pay(paymentKey)}>
        {words.checkAgain}
      </Button>
    </>
  )
}

const Confirm = ({ id }: { readonly id: string }) => {
  const words = useWords(ORDER_WORDS)
  const { acting, act } = useAct(id, 'confirm')
  return (
    <>
      {acting.at === 'refused' && <p role="alert">{acting.refused.message}</p>}
      {acting.at === 'silent' && <Problem error={acting.error} />}
      <Button look="primary" size="large" wide isPending={acting.at === 'busy'} onPress={() => void act()}>
        {words.confirm}
      </Button>
    </>
  )
}

const Tracked = ({ order }: { readonly order: OrderView }) => {
  const words = useWords(ORDER_WORDS)
  const sent = useSent(order.id)
  const now = useNow(5_000)
  const { id, status } = order
  const paying = payingState(order, sent !== undefined, now)
  return (
    <>
      {paying === 'waiting' ? <WaitingRoom order={order} /> : <Headline order={order} paying={paying} />}
      {(paying === 'toPay' || paying === 'declined') && <PayLink id={id} isAgain={paying === 'declined'} />}
      {paying === 'checking' && sent !== undefined && order.payment.status === 'pending' && <CheckAgain id={id} paymentKey={sent} />}
      {status === 'delivered' && <Confirm id={id} />}
      {ON_THE_WAY.includes(status) && <RiderMap order={order} />}
      {paying === 'none' && <StepList order={order} />}
      <OrderLines order={order} />
      <div className="page-acts">
        {status === 'confirmed' && (
          <Link href="/me" className="button button-quiet button-normal button-wide">
            {words.profile}
          </Link>
        )}
        {isOver(order, now) && <ReorderButton order={order} wide />}
        <Cancel order={order} />
      </div>
    </>
  )
}

/** One order, live from the payment to the last bite. */
export const OrderPage = ({ id }: { readonly id: string }) => {
  const words = useWords(ORDER_WORDS)
  const { order, error, again } = useOrder(id)
  return (
    <Page title={order?.store.name ?? words.title} back="/orders">
      {error !== undefined && <Problem error={error} onAgain={again} />}
      {!order && error === undefined && <Loading />}
      {order && (
        <>
          <p className="soft small number">{words.number(shortId(id))}</p>
          <Tracked order={order} />
        </>
      )}
    </Page>
  )
}
