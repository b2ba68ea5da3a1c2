import { z } from 'zod'
import type { ActorRecord } from '../../actors/record.ts'
import type { MenuItem } from '../../machines/price.ts'
import type { Wish } from '../../machines/standing.ts'
import type { StoreProfile } from '../../machines/store.ts'
import { isWon } from '../../machines/won.ts'
import { isZone } from '../../machines/zone.ts'

/*
 * What the catalogue takes out of a record. Anybody with a NATS client can write anything, and a release may have a fault: one record
 * that is damaged would else be met by every list of stores. So each is looked at once, when it comes in, and a bad one is passed over.
 * Looser than the doors (contract/store-profile.ts): what an older release allowed must still be sold.
 */

/** A store as the catalogue keeps it. */
export interface SoundStore {
  readonly wish: Wish
  readonly profile: StoreProfile
}

const clock = z.string().regex(/^\d\d:\d\d$/)
const won = z.number().refine(isWon)
const count = z.number().int().min(0)

const storeRecord = z.object({
  state: z.object({
    value: z.enum(['open', 'paused', 'closed']),
    context: z.object({
      name: z.string(),
      address: z.string(),
      phone: z.string(),
      lat: z.number().min(-90).max(90),
      lng: z.number().min(-180).max(180),
      zone: z.string().refine(isZone),
      hours: z.array(z.object({ open: clock, close: clock }).nullable()).length(7),
      holidays: z.array(z.string()).exactOptional(),
      lastOrderLeadMin: count.max(1_439).exactOptional(),
      intakeCap: z.number().int().min(1).nullable().exactOptional(),
      pausedUntil: z.string().exactOptional(),
    }),
  }),
})

const menuRecord = z.object({
  state: z.object({
    context: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          price: won,
          soldOut: z.boolean(),
          options: z.array(
            z.object({
              id: z.string(),
              name: z.string(),
              min: count,
              max: count,
              choices: z.array(z.object({ id: z.string(), name: z.string(), price: won, soldOut: z.boolean().exactOptional() })),
            }),
          ),
        }),
      ),
    }),
  }),
})

/** Undefined when the record is damaged. */
export const storeOf = (record: ActorRecord): SoundStore | undefined => {
  const { data } = storeRecord.safeParse(record)
  if (!data) return undefined
  const { pausedUntil, ...profile } = data.state.context
  return { wish: { value: data.state.value, ...(pausedUntil === undefined ? {} : { pausedUntil }) }, profile }
}

/** Undefined when the record is damaged. */
export const menuOf = (record: ActorRecord): readonly MenuItem[] | undefined => menuRecord.safeParse(record).data?.state.context.items
