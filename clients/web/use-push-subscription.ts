import { useEffect, useState } from 'react'
import { useCall } from './api-context.tsx'
import { type Subscribed, type SubscribeEnd, subscribe, subscribed, unsubscribe } from './push-subscription.ts'

export interface PushSubscribing {
  /** Undefined until it is known. */
  readonly state: Subscribed | undefined
  readonly isBusy: boolean
  /** How the last change failed. */
  readonly problem: Exclude<SubscribeEnd, 'on'> | undefined
  change(wanted: boolean): void
}

/** Whether this browser gets push messages, and the switch for it. */
export const usePushSubscription = (): PushSubscribing => {
  const call = useCall()
  const [state, setState] = useState<Subscribed>()
  const [problem, setProblem] = useState<PushSubscribing['problem']>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    subscribed().then(setState, () => setState('none'))
  }, [])
  const change = async (wanted: boolean): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    if (!wanted) await unsubscribe(call).catch(() => setProblem('failed'))
    else {
      const end = await subscribe(call).catch((): SubscribeEnd => 'failed')
      if (end !== 'on') setProblem(end)
    }
    setState(await subscribed().catch((): Subscribed => 'none'))
    setBusy(false)
  }
  return { state, isBusy, problem, change: wanted => void change(wanted) }
}
