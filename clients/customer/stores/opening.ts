import { clockTime, dayAndTime, ZONE } from '../../web/format.ts'
import type { Language } from '../../web/language.tsx'

const dayOf = (ms: number): string => new Date(ms).toLocaleDateString('en-CA', { timeZone: ZONE })

/** `18:05` when it is today, `11월 26일 10:00` when it is not. */
export const whenText = (at: string, language: Language, nowMs: number = Date.now()): string =>
  dayOf(Date.parse(at)) === dayOf(nowMs) ? clockTime(at, language) : dayAndTime(at, language)
