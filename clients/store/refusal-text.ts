import type { OrderStatus } from '../../machines/order-types.ts'
import type { RefusedTap } from '../shared/tap-storage.ts'
import type { Language } from '../web/language.tsx'
import { REFUSAL_WORDS } from './refusal-words.ts'

const ENDS: readonly string[] = ['canceled', 'expired', 'rejected']

/** Why a tap was refused, for whoever tapped: by where the order stood, else in the server's own words. */
export const refusalText = ({ refusal }: Pick<RefusedTap, 'refusal'>, language: Language): string => {
  const words = REFUSAL_WORDS[language]
  const status = refusal.details?.status
  if (refusal.code !== 'ORDER_REFUSED' || typeof status !== 'string') return refusal.message
  if (ENDS.includes(status)) return words.ended[status as 'canceled' | 'expired' | 'rejected']
  return words.already(status as OrderStatus)
}
