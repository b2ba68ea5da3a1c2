import type { ProfileBody, ProfileView } from '../../server/contract/store-profile.ts'

export type DayHours = ProfileView['hours'][number]

/** A store's hours as they stand in a form: numbers as they were typed. */
export interface HoursDraft {
  /** Sunday first. */
  readonly hours: readonly DayHours[]
  readonly holidays: readonly string[]
  readonly lead: string
  /** Empty: no cap. */
  readonly cap: string
}

export const draftOf = ({ hours, holidays, lastOrderLeadMin, intakeCap }: ProfileView): HoursDraft => ({
  hours,
  holidays,
  lead: String(lastOrderLeadMin),
  cap: intakeCap === null ? '' : String(intakeCap),
})

/** What a day begins with when it is switched on. */
export const USUAL: NonNullable<DayHours> = { open: '10:00', close: '22:00' }

/** Equal times are around the clock. */
export const isAlways = (day: DayHours): boolean => day !== null && day.open === day.close
/** It closes on the day after it opened. */
export const isPastMidnight = (day: DayHours): boolean => day !== null && day.close < day.open

const whole = (text: string, least: number, most: number): number | undefined => {
  const value = Number(text.trim())
  return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most ? value : undefined
}

export const isLead = (text: string): boolean => whole(text, 0, 240) !== undefined
export const isCap = (text: string): boolean => text.trim() === '' || whole(text, 1, 1_000) !== undefined

/** What the server is told; undefined: something in it is wrong. */
export const bodyOf = ({ hours, holidays, lead, cap }: HoursDraft): ProfileBody | undefined => {
  const lastOrderLeadMin = whole(lead, 0, 240)
  if (lastOrderLeadMin === undefined || !isCap(cap)) return undefined
  return {
    hours: [...hours],
    holidays: [...holidays].sort(),
    lastOrderLeadMin,
    intakeCap: whole(cap, 1, 1_000) ?? null,
  }
}
