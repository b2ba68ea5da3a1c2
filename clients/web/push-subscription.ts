import { ApiRefusal, type Call } from '../shared/api.ts'

type Calling = <Answer>(path: string, call?: Omit<Call, 'token'>) => Promise<Answer>

/** `none`: this browser, or a page that is not on HTTPS, has no push messages. */
export type Subscribed = 'on' | 'off' | 'none'
/** `notOffered`: the server sends none. */
export type SubscribeEnd = 'on' | 'denied' | 'notOffered' | 'failed'

const isPossible = (): boolean => 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis

/** The worker of this app; absent where none was registered. */
const manager = async (): Promise<PushManager | undefined> => (await navigator.serviceWorker.getRegistration())?.pushManager

export const subscribed = async (): Promise<Subscribed> => {
  const push = isPossible() ? await manager() : undefined
  if (!push) return 'none'
  return (await push.getSubscription()) ? 'on' : 'off'
}

/** Asks the person, then the browser's push service, then tells our server. */
export const subscribe = async (call: Calling): Promise<SubscribeEnd> => {
  const push = await manager()
  if (!push || (await Notification.requestPermission()) !== 'granted') return 'denied'
  try {
    const { publicKey } = await call<{ readonly publicKey: string }>('/api/push/key')
    const made = await push.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
    const { endpoint, keys } = made.toJSON()
    await call('/api/push/subscriptions', { method: 'PUT', body: { endpoint, keys } })
    return 'on'
  } catch (error) {
    return error instanceof ApiRefusal && error.body.code === 'PUSH_OFF' ? 'notOffered' : 'failed'
  }
}

/** At the server first: what it does not know is not told any more, whatever the browser says. */
export const unsubscribe = async (call: Calling): Promise<void> => {
  const subscription = await (await manager())?.getSubscription()
  if (!subscription) return
  await call('/api/push/subscriptions', { method: 'DELETE', body: { endpoint: subscription.endpoint } })
  await subscription.unsubscribe()
}
