import type { Call } from '../shared/api.ts'

type Caller = <Answer>(path: string, call?: Omit<Call, 'token'>) => Promise<Answer>

const PATH = '/api/push/subscriptions'

/** A browser that knows no push, or a page without its worker, has none. */
export const canPush = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window

const managed = async (): Promise<PushManager | undefined> => (await navigator.serviceWorker.getRegistration())?.pushManager

export const isSubscribed = async (): Promise<boolean> => (await (await managed())?.getSubscription()) != null

/** Asks the person, then the browser's push service, then tells the server. @throws ApiRefusal PUSH_OFF …, DOMException when somebody says no */
export const subscribe = async (call: Caller): Promise<void> => {
  const { publicKey } = await call<{ readonly publicKey: string }>('/api/push/key')
  const manager = await managed()
  if (!manager) throw new DOMException('no service worker', 'NotSupportedError')
  const subscription = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
  const { endpoint, keys } = subscription.toJSON()
  await call(PATH, { method: 'PUT', body: { endpoint, keys } })
}

/** Nothing comes any more, whether or not the server has heard of it. */
export const unsubscribe = async (call: Caller): Promise<void> => {
  const subscription = await (await managed())?.getSubscription()
  if (!subscription) return
  await subscription.unsubscribe()
  await call(PATH, { method: 'DELETE', body: { endpoint: subscription.endpoint } })
}
