import { useRef } from 'react'
import type { ErrorBody } from '../../../server/contract/errors.ts'
import { newKey } from '../../shared/new-key.ts'
import { useLive } from '../../web/live-context.tsx'
import { type Asking, useAsking } from '../asking.ts'

export type Acting = Asking<ErrorBody>

/** A customer's word on his own order, said once: a tap again, after silence, repeats it under the same key. */
export const useAct = (orderId: string, name: 'cancel' | 'confirm'): { readonly acting: Acting; act(): Promise<boolean>; rest(): void } => {
  const live = useLive()
  const { asking, ask, rest } = useAsking<ErrorBody>()
  const key = useRef<string>(undefined)
  const act = async (): Promise<boolean> => {
    const done = await ask(async () => {
      key.current ??= newKey()
      const ack = await live.command({ name, orderId, idempotencyKey: key.current })
      key.current = undefined // it is known what became of it
      return ack.ok ? { ok: true, yes: true } : { ok: false, refused: ack.error }
    })
    return done === true
  }
  return { acting: asking, act, rest }
}
