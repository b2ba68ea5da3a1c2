import { z } from 'zod'
import { TOKEN } from '../../actors/address.ts'

/** Building blocks of the bodies. Objects ignore fields they do not know; a field they know must have the right type. */

/** An id: 1…64 of letters, digits, `_` and `-`. */
export const idField = z.string().regex(TOKEN, 'must be 1 to 64 letters, digits, _ or -')

/** Text that a person wrote: no control characters but line breaks, 1…`max` characters after trimming. */
export const textField = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$|^[\P{Cc}\n\r\t]*$/u, 'must not hold control characters')

export const latField = z.number().min(-90).max(90)
export const lngField = z.number().min(-180).max(180)

/** A payment key as Toss gives them out. */
export const paymentKeyField = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/, 'must be 1 to 200 letters, digits, _ or -')

/** 1…200 printable ASCII characters. */
export const idempotencyKeyField = z.string().regex(/^[\x20-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters')

export const versionField = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** A day of the calendar, not only the look of one: 2026-02-30 is none. */
export const dateField = z.string().refine(isDate, { message: 'must be a date, YYYY-MM-DD' })

function isDate(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** A number in a query string. @example `?limit=20` */
export const queryNumber = (range: z.ZodNumber) =>
  z
    .string()
    .regex(/^-?\d{1,12}(\.\d{1,12})?$/, 'must be a number')
    .transform(Number)
    .pipe(range)
