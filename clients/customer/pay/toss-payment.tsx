import { useEffect, useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Card } from '../../design/card.tsx'
import { newKey } from '../../shared/new-key.ts'
import { won } from '../../web/format.ts'
import { Kept } from '../../web/kept.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { Loading } from '../frame/loading.tsx'
import { PAY_WORDS } from './pay-words.ts'
import { amountOf, isWidgetKey, loadToss, type Payable, requestOf, type TossWidgets } from './toss.ts'

/** Toss wants a name of the buyer that nobody can guess; this device makes one, and keeps it. */
const customerKey = new Kept<string>('toss customer', '', (read): read is string => typeof read === 'string' && read !== '')
const myKey = (): string => {
  if (customerKey.value === '') customerKey.set(`c-${newKey()}`)
  return customerKey.value
}

const METHODS = 'toss-methods'
const AGREEMENT = 'toss-agreement'

type Ready = { readonly kind: 'widgets'; readonly widgets: TossWidgets } | { readonly kind: 'window' }

const open = async (clientKey: string, payable: Payable): Promise<Ready> => {
  const toss = (await loadToss())(clientKey)
  if (!isWidgetKey(clientKey)) return { kind: 'window' }
  const widgets = toss.widgets({ customerKey: myKey() })
  await widgets.setAmount(amountOf(payable))
  await Promise.all([widgets.renderPaymentMethods({ selector: `#${METHODS}` }), widgets.renderAgreement({ selector: `#${AGREEMENT}` })])
  return { kind: 'widgets', widgets }
}

/** Brings the browser to Toss, which brings it back. @throws whatever Toss says when somebody closes its window */
const request = async (ready: Ready, clientKey: string, payable: Payable): Promise<void> => {
  if (ready.kind === 'widgets') return ready.widgets.requestPayment(requestOf(payable))
  const toss = (await loadToss())(clientKey)
  await toss.payment({ customerKey: myKey() }).requestPayment({ method: 'CARD', amount: amountOf(payable), ...requestOf(payable) })
}

export interface TossPaymentProps {
  readonly clientKey: string
  readonly payable: Payable
}

/** A page has the policy of the address that it was loaded from, and only this address lets Toss in. */
const isLoadedHere = (): boolean => {
  const [loaded] = performance.getEntriesByType('navigation')
  return loaded === undefined || new URL(loaded.name).pathname === location.pathname
}

/** The ways to pay that Toss offers, in our page. */
export const TossPayment = (props: TossPaymentProps) => {
  const isHere = isLoadedHere()
  useEffect(() => {
    if (!isHere) location.reload()
  }, [isHere])
  return isHere ? <Widget {...props} /> : <Loading />
}

const Widget = ({ clientKey, payable: { orderId, orderName, total } }: TossPaymentProps) => {
  const words = useWords(PAY_WORDS)
  const { language } = useLanguage()
  const [ready, setReady] = useState<Ready>()
  const [problem, setProblem] = useState<unknown>()
  const [tries, setTries] = useState(0)
  const [state, setState] = useState<'rest' | 'away' | 'left'>('rest')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another reason to open it
  useEffect(() => {
    setProblem(undefined)
    open(clientKey, { orderId, orderName, total }).then(setReady, setProblem)
  }, [clientKey, orderId, orderName, total, tries])
  const pay = async (): Promise<void> => {
    if (!ready) return
    setState('away')
    await request(ready, clientKey, { orderId, orderName, total }).catch(() => setState('left'))
  }
  return (
    <Card>
      <div id={METHODS} />
      <div id={AGREEMENT} />
      {problem !== undefined && <Problem error={problem} onAgain={() => setTries(count => count + 1)} />}
      {!ready && problem === undefined && <p role="status">{words.tossLoading}</p>}
      {state === 'left' && <p role="alert">{words.tossCanceled}</p>}
      <Button look="primary" size="large" wide isDisabled={!ready} isPending={state === 'away'} onPress={() => void pay()}>
        {`${words.toss} · ${won(total, language)}`}
      </Button>
    </Card>
  )
}
