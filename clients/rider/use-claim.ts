import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useTell } from '../design/notices.tsx'
import { newKey } from '../shared/new-key.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import { useLive } from '../web/live-context.tsx'
import { problemText } from '../web/problem-text.ts'
import type { Board, Offer } from './board.ts'
import { BOARD_WORDS } from './board-words.ts'
import { type ClaimEnd, claimEnd } from './claim-end.ts'

/** Who has waited so long at a light has ridden on. */
const ANSWERED_WITHIN_MS = 10_000
const GOOD_NEWS_MS = 6_000
/** The end of one claim takes the place of the end before. */
const NOTICE = 'claim'

/** Wants a delivery, and says how it ended. One intent has one key until its end is known, so a second tap is the same claim. */
export const useClaim = (board: Board): { readonly claiming: string | undefined; claim(offer: Offer): Promise<void> } => {
  const live = useLive()
  const tell = useTell()
  const [, go] = useLocation()
  const { language } = useLanguage()
  const words = useWords(BOARD_WORDS)
  const keys = useRef(new Map<string, string>())
  const [claiming, setClaiming] = useState<string>()

  const say = ({ orderId, store: { name = '' } }: Offer, end: ClaimEnd): void => {
    switch (end.kind) {
      case 'won':
        board.remove(orderId)
        tell({ key: NOTICE, tone: 'good', text: words.won, forMs: GOOD_NEWS_MS })
        go(`/orders/${orderId}`)
        return
      case 'lost':
      case 'over':
        board.remove(orderId)
        tell({ key: NOTICE, tone: 'bad', text: end.kind === 'lost' ? words.lost(name) : words.over(name) })
        return
      case 'busy':
        tell({ key: NOTICE, tone: 'bad', text: words.busy })
        return
      case 'refused':
        tell({ key: NOTICE, tone: 'bad', text: end.error.message })
    }
  }

  const claim = async (offer: Offer): Promise<void> => {
    const { orderId } = offer
    const idempotencyKey = keys.current.get(orderId) ?? newKey()
    keys.current.set(orderId, idempotencyKey)
    setClaiming(orderId)
    try {
      const ack = await live.command({ name: 'claim', orderId, idempotencyKey }, { retryForMs: ANSWERED_WITHIN_MS })
      keys.current.delete(orderId)
      say(offer, claimEnd(ack))
    } catch (error) {
      tell({ key: NOTICE, tone: 'bad', text: problemText(error, language) })
    }
    setClaiming(undefined)
  }
  return { claiming, claim }
}
