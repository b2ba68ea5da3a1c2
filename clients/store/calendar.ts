/** The calendar of a store's own zone. Days are written YYYY-MM-DD. */
export interface WallTime {
  readonly day: string
  /** Since midnight. */
  readonly minutes: number
}

/** What the store's clock shows at an instant. @param zone IANA */
export const wallTimeAt = (ms: number, zone: string): WallTime => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' })
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  return { day: `${part.year}-${part.month}-${part.day}`, minutes: Number(part.hour) * 60 + Number(part.minute) }
}

/** @param days after it; negative: before */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** 0: Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()
