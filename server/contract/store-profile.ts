import { z } from 'zod'
import { isZone } from '../../machines/zone.ts'
import { dateField, idField, latField, lngField, textField } from './fields.ts'
import { menuItems } from './menus.ts'

const clockField = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, HH:MM')

/** `close` at or before `open` is past midnight; equal is around the clock. */
const hoursField = z.strictObject({ open: clockField, close: clockField })

const fields = {
  name: textField(60),
  address: textField(200),
  phone: z.string().regex(/^0\d{8,10}$/, 'must be 9 to 11 digits beginning with 0'),
  lat: latField,
  lng: lngField,
  zone: z.string().refine(isZone, { message: 'must be an IANA time zone, such as Asia/Seoul' }),
  /** Sunday first; null: closed that day. */
  hours: z.array(hoursField.nullable()).length(7),
  /** Local dates on which no hours begin. */
  holidays: z
    .array(dateField)
    .max(100)
    .refine(dates => new Set(dates).size === dates.length, { message: 'must not hold a date twice' }),
  /** Minutes before closing in which no order is taken; 0…240. */
  lastOrderLeadMin: z.number().int().min(0).max(240),
  /** Orders taken in a quarter of an hour, 1…1,000; null: as many as come. */
  intakeCap: z.number().int().min(1).max(1_000).nullable(),
}

/** `PUT /api/stores/me/profile`: what is given is changed, what is not stays. Strict, for a misspelt field would change nothing in silence. */
export const profileBody = z.strictObject(fields).partial()
export type ProfileBody = z.output<typeof profileBody>

/** `GET /api/stores/me/profile`, and the answer to a change. */
export const profileView = z.object({
  id: z.string(),
  /** The store's own wish; its hours are another matter. */
  status: z.enum(['open', 'paused', 'closed']),
  /** ISO 8601 UTC, while paused. */
  pausedUntil: z.string().optional(),
  ...z.object(fields).shape,
})
export type ProfileView = z.output<typeof profileView>

const loginField = z.string().regex(/^[A-Za-z0-9._@+-]{3,64}$/, 'must be 3 to 64 letters, digits or . _ @ + -')

/** `POST /api/ops/stores`: a store, its menu and the account of its tablet. */
export const newStoreBody = z.strictObject({
  /** Made up when absent. */
  id: idField.optional(),
  profile: z.strictObject(fields).partial({ holidays: true, lastOrderLeadMin: true, intakeCap: true }),
  items: menuItems,
  login: loginField,
  password: z.string().min(8).max(200),
})
export type NewStoreBody = z.output<typeof newStoreBody>

export const newStoreView = z.object({ id: z.string(), login: z.string() })
