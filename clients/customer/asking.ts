import { useRef, useState } from 'react'

/** Where one is with something that the server is asked to do. @typeParam No why it would not */
export type Asking<No> =
  | { readonly at: 'rest' }
  | { readonly at: 'busy' }
  | { readonly at: 'refused'; readonly refused: No }
  /** Nothing was sent, or nobody knows: asked again, it goes under the same key. */
  | { readonly at: 'silent'; readonly error: unknown }

export type Answer<Yes, No> = { readonly ok: true; readonly yes: Yes } | { readonly ok: false; readonly refused: No }

interface AskingState<No> {
  readonly asking: Asking<No>
  /** One at a time: undefined when it was not done, and `asking` says why; or when it is being asked already. */
  ask<Yes>(question: () => Promise<Answer<Yes, No>>): Promise<Yes | undefined>
  /** What became of the last one has been read. */
  rest(): void
}

export const useAsking = <No>(): AskingState<No> => {
  const [asking, setAsking] = useState<Asking<No>>({ at: 'rest' })
  const isBusy = useRef(false)
  const ask: AskingState<No>['ask'] = async question => {
    if (isBusy.current) return undefined
    isBusy.current = true
    setAsking({ at: 'busy' })
    try {
      const answer = await question()
      setAsking(answer.ok ? { at: 'rest' } : { at: 'refused', refused: answer.refused })
      return answer.ok ? answer.yes : undefined
    } catch (error) {
      setAsking({ at: 'silent', error })
      return undefined
    } finally {
      isBusy.current = false
    }
  }
  return { asking, ask, rest: () => setAsking({ at: 'rest' }) }
}
