import type { Language } from '../web/language.tsx'
import { weekdayOf } from './calendar.ts'

/** Sunday first, as a store's hours are. */
export const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  ko: ['일', '월', '화', '수', '목', '금', '토'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}

/** `11/25 (수)`, `Wed 25/11`. @param day YYYY-MM-DD */
export const dayLabel = (day: string, language: Language): string => {
  const [, month = 0, date = 0] = day.split('-').map(Number)
  const weekday = WEEKDAYS[language][weekdayOf(day)]
  return language === 'ko' ? `${month}/${date} (${weekday})` : `${weekday} ${date}/${month}`
}
