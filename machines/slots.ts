import { type Opening, opensFrom } from './hours.ts'

/** A slot is a quarter of an hour; it begins on the quarter, in every zone. */
const SLOT_MS = 15 * 60_000

/** The number of the slot in which an instant lies; each quarter of an hour has one of its own. */
export const slotOf = (ms: number): number => Math.floor(ms / SLOT_MS)

/** When a slot begins, milliseconds since 1970. */
export const slotStartMs = (slot: number): number => slot * SLOT_MS

/** From when on orders are taken again once this instant's slot is full: the next one's beginning, or the next opening; undefined: never. */
export const nextSlotAt = (opening: Opening, ms: number): number | undefined => opensFrom(opening, slotStartMs(slotOf(ms) + 1))
