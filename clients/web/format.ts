import type { Language } from './language.tsx'

export const LOCALE = { ko: 'ko-KR', en: 'en-GB' } as const
/** Orders are eaten in Korea, wherever the operator sits. */
export const ZONE = 'Asia/Seoul'

/** `12,000원`, `₩12,000`. @param amount whole KRW */
export const won = (amount: number, language: Language): string =>
  language === 'ko' ? `${amount.toLocaleString('ko-KR')}원` : `₩${amount.toLocaleString('en-GB')}`

/** `350 m`, `1.2 km`. */
export const distance = (metres: number): string => (metres < 1_000 ? `${Math.round(metres)} m` : `${(metres / 1_000).toFixed(1)} km`)

/** `18:05` of an instant, ISO 8601 or milliseconds since 1970. */
export const clockTime = (at: string | number, language: Language): string =>
  new Date(at).toLocaleTimeString(LOCALE[language], { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: ZONE })

/** `11월 25일 18:05`, `25 Nov, 18:05`. */
export const dayAndTime = (at: string | number, language: Language): string =>
  new Date(at).toLocaleString(LOCALE[language], {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: ZONE,
  })

/** `07:09` of a while; hours only when there are any. */
export const countdown = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  const two = (n: number): string => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`
}

/** The last four of an order's id: what a kitchen calls out. */
export const shortId = (orderId: string): string => orderId.slice(-4).toUpperCase()

/** `02-1234-5678`: as it is dialled, and easier to read to somebody. @param digits 9…11, beginning with 0 */
export const phoneNumber = (digits: string): string => digits.replace(/^(02|0\d\d)(\d{3,4})(\d{4})$/, '$1-$2-$3')
