import type { ErrorBody } from '../../server/contract/errors.ts'
import type { CommandNamed } from './commands.ts'

type TapName = 'accept' | 'reject' | 'startCooking' | 'finishCooking' | 'claim' | 'release' | 'pick' | 'deliver'
type Seen = { readonly name: 'seen'; readonly orderId: string; readonly idempotencyKey?: string }

/** What a thumb does in a kitchen or on a bike, with or without a network. */
export type Tap = { [Name in TapName]: CommandNamed<Name> }[TapName] | Seen

export interface KeptTap {
  /** Under which it is sent, however often. */
  readonly key: string
  readonly command: Tap
  /** When it was tapped, by the device's clock. */
  readonly sinceMs: number
}
export interface RefusedTap extends KeptTap {
  /** The server's reason. */
  readonly refusal: ErrorBody
}
export interface Kept {
  readonly waiting: readonly KeptTap[]
  readonly refused: readonly RefusedTap[]
}

/** Where taps outlive the app: one text, written whole. It belongs to one account. */
export interface TapStorage {
  /** The text that was saved last; null or undefined: none. */
  load(): string | null | undefined
  /** Synchronous, so that a tap is safe before it is shown as taken. It may throw: then the tap is not taken. */
  save(text: string): void
}

/** @param storage `localStorage` @param name of the account's own: `taps of store-1` */
export const inLocalStorage = (storage: Pick<Storage, 'getItem' | 'setItem'>, name: string): TapStorage => ({
  load: () => storage.getItem(name),
  save: text => storage.setItem(name, text),
})

const NOTHING: Kept = { waiting: [], refused: [] }

export const textOf = (kept: Kept): string => JSON.stringify(kept)

/** What cannot be read is nothing: a tablet must start, and what was in it can be tapped again. */
export const keptIn = (text: string | null | undefined): Kept => {
  try {
    const read = JSON.parse(text ?? 'null') as Partial<Kept> | null
    return { waiting: (read?.waiting ?? []).filter(isTap), refused: (read?.refused ?? []).filter(isTap) }
  } catch {
    return NOTHING
  }
}

const isTap = ({ key, command }: KeptTap): boolean => typeof key === 'string' && typeof command?.orderId === 'string'

interface Storage {
  getItem(name: string): string | null
  setItem(name: string, text: string): void
}
