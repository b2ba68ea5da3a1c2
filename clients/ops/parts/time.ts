import { dayAndTime, LOCALE, ZONE } from '../../web/format.ts'
import type { Language } from '../../web/language.tsx'

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE })

/** `18:05:09`. @param at ISO 8601, or milliseconds since 1970 */
export const secondOf = (at: string | number, language: Language): string =>
  new Date(at).toLocaleTimeString(LOCALE[language], {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
    timeZone: ZONE,
  })

/** To the second today, to the minute on another day. */
export const instantOf = (at: string | number, nowMs: number, language: Language): string =>
  DAY.format(new Date(at)) === DAY.format(nowMs) ? secondOf(at, language) : dayAndTime(at, language)

const UNITS = {
  ko: { d: '일', h: '시간', m: '분', s: '초' },
  en: { d: ' d', h: ' h', m: ' min', s: ' s' },
} as const

/** A while in its two greatest units: `2시간 5분`, `12 s`. */
export const lapseOf = (ms: number, language: Language): string => {
  const words = UNITS[language]
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const parts = [
    [Math.floor(seconds / 86_400), words.d],
    [Math.floor(seconds / 3_600) % 24, words.h],
    [Math.floor(seconds / 60) % 60, words.m],
    [seconds % 60, words.s],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first === -1) return `0${words.s}`
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ')
}
