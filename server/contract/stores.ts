import { z } from 'zod'
import { latField, lngField, queryNumber, textField } from './fields.ts'
import { menuItemView } from './menus.ts'
import type { Told } from './told.ts'

/** `GET /api/stores`. */
export const nearQuery = z.object({
  lat: queryNumber(latField),
  lng: queryNumber(lngField),
  radiusM: queryNumber(z.number().min(1).max(20_000)).default(3_000),
  /** Part of the name of a store or of a dish. */
  q: textField(50).optional(),
})

/** `PUT /api/stores/me/status`. With `forMinutes`, two days at most, it opens again by itself: until tomorrow from early this morning. */
export const storeStatusBody = z
  .object({ open: z.boolean(), forMinutes: z.number().int().min(1).max(2_880).optional() })
  .refine(({ open, forMinutes }) => !open || forMinutes === undefined, {
    path: ['forMinutes'],
    message: 'belongs to a store that closes',
  })
export type StoreStatusBody = z.output<typeof storeStatusBody>

export const storeStatusView = z.object({
  open: z.boolean(),
  /** ISO 8601 UTC; when it closes for a while. */
  pausedUntil: z.string().optional(),
})
export type StoreStatusView = z.output<typeof storeStatusView>

export const storeView = z.object({
  id: z.string(),
  name: z.string(),
  lat: z.number(),
  lng: z.number(),
  /** Whether it takes orders now. */
  open: z.boolean(),
  /** It has closed for a while by its own wish, whatever its hours say. */
  paused: z.literal(true).optional(),
  /** ISO 8601 UTC; absent while open, and when the store has not said when. */
  opensAt: z.string().optional(),
})
export type StoreView = z.output<typeof storeView>

export const nearStoreView = storeView.extend({ distanceM: z.number().int() })
export type NearStoreView = z.output<typeof nearStoreView>

export const storeWithMenuView = storeView.extend({ address: z.string(), menu: z.array(menuItemView) })
export type StoreWithMenu = Told<z.output<typeof storeWithMenuView>>
