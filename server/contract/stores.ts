import { z } from 'zod'
import { latField, lngField, queryNumber } from './fields.ts'

/** `GET /api/stores`. */
export const nearQuery = z.object({
  lat: queryNumber(latField),
  lng: queryNumber(lngField),
  radiusM: queryNumber(z.number().min(1).max(20_000)).default(3_000),
})

/** `PUT /api/stores/me/status`. */
export const storeStatusBody = z.object({ open: z.boolean() })
/** `PUT /api/stores/me/menu/:menuId`. */
export const soldOutBody = z.object({ soldOut: z.boolean() })

export const storeView = z.object({
  id: z.string(),
  name: z.string(),
  lat: z.number(),
  lng: z.number(),
  open: z.boolean(),
  /** ISO 8601 UTC; absent while open, and when the store has not said when. */
  opensAt: z.string().optional(),
})
export type StoreView = z.output<typeof storeView>

export const nearStoreView = storeView.extend({ distanceM: z.number().int() })
export type NearStoreView = z.output<typeof nearStoreView>

const choice = z.object({ id: z.string(), name: z.string(), price: z.number().int() })
const optionGroup = z.object({
  id: z.string(),
  name: z.string(),
  choices: z.array(choice),
  min: z.number().int(),
  max: z.number().int(),
})
export const menuItemView = z.object({
  id: z.string(),
  name: z.string(),
  price: z.number().int(),
  soldOut: z.boolean(),
  options: z.array(optionGroup),
})

export const storeWithMenuView = storeView.extend({ address: z.string(), menu: z.array(menuItemView) })
