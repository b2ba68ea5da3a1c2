import { useRef, useState } from 'react'
import type { ErrorBody } from '../../../server/contract/errors.ts'
import { useLive } from '../../web/live-context.tsx'
import { newKey } from '../new-key.ts'

export type Acting =
  | { readonly at: 'rest' }
  | { readonly at: 'busy' }
  | { readonly at: 'refused'; readonly error: ErrorBody }
  | { readonly at: 'silent'; readonly error: unknown }

/** A customer's word on his own order, said once: a tap again, after silence, repeats it under the same key. */
export const useAct = (orderId: string, name: 'cancel' | 'confirm'): { readonly acting: Acting; act(): Promise<boolean>; rest(): void } => {
  const live = useLive()
  const [acting, setActing] = useState<Acting>({ at: 'rest' })
  const key = useRef<string>(undefined)
  const isBusy = useRef(false)
  const act = async (): Promise<boolean> => {
    if (isBusy.current) return false
    isBusy.current = true
    setActing({ at: 'busy' })
    key.current ??= newKey()
    try {
      const ack = await live.command({ name, orderId, idempotencyKey: key.current })
      key.current = undefined // it is known what became of it
      setActing(ack.ok ? { at: 'rest' } : { at: 'refused', error: ack.error })
      return ack.ok
    } catch (error) {
      setActing({ at: 'silent', error })
      return false
    } finally {
      isBusy.current = false
    }
  }
  return { acting, act, rest: () => setActing({ at: 'rest' }) }
}
