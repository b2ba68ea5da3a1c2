/** What of the SDK of Toss Payments, version 2, is used here: https://docs.tosspayments.com/sdk/v2/js */
interface Request {
  readonly orderId: string
  readonly orderName: string
  readonly successUrl: string
  readonly failUrl: string
}
interface Amount {
  readonly currency: 'KRW'
  readonly value: number
}
export interface TossWidgets {
  setAmount(amount: Amount): Promise<void>
  renderPaymentMethods(where: { readonly selector: string }): Promise<unknown>
  renderAgreement(where: { readonly selector: string }): Promise<unknown>
  requestPayment(request: Request): Promise<void>
}
interface TossWindow {
  requestPayment(request: Request & { readonly method: 'CARD'; readonly amount: Amount }): Promise<void>
}
interface Toss {
  widgets(customer: { readonly customerKey: string }): TossWidgets
  payment(customer: { readonly customerKey: string }): TossWindow
}
export type TossPayments = (clientKey: string) => Toss

const SDK = 'https://js.tosspayments.com/v2/standard'

declare global {
  interface Window {
    TossPayments?: TossPayments
  }
}

let loading: Promise<TossPayments> | undefined

/** Fetched by whoever pays, when he does. @throws Error when it cannot be had; the next call tries again */
export const loadToss = (): Promise<TossPayments> => {
  loading ??= new Promise<TossPayments>((resolve, reject) => {
    const script = document.createElement('script')
    script.src = SDK
    script.onload = () => (window.TossPayments ? resolve(window.TossPayments) : reject(new TypeError('the SDK of Toss is not there')))
    script.onerror = () => reject(new TypeError('the SDK of Toss cannot be fetched'))
    document.head.append(script)
  }).catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

/** Keys of widgets draw the ways to pay into our page; keys of the API open a page of Toss. */
export const isWidgetKey = (clientKey: string): boolean => clientKey.includes('_gck_')

export interface Payable {
  readonly orderId: string
  readonly orderName: string
  readonly total: number
}

/** Toss brings the browser back to one of these. */
export const requestOf = ({ orderId, orderName }: Payable): Request => ({
  orderId,
  orderName,
  successUrl: `${location.origin}/orders/${orderId}/paid`,
  failUrl: `${location.origin}/orders/${orderId}/pay`,
})

export const amountOf = ({ total }: Payable): Amount => ({ currency: 'KRW', value: total })
