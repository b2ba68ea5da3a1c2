import type { ActorRecord } from '../../actors/record.ts'

/** What is searched of a store. */
export interface StoreRow {
  readonly kind: 'store'
  readonly id: string
  readonly version: number
  readonly name: string
  readonly lat: number
  readonly lng: number
}

/** What is searched of a store's menu: the names of its dishes. */
export interface MenuRow {
  readonly kind: 'menu'
  readonly store_id: string
  readonly version: number
  readonly items: readonly { readonly menu_id: string; readonly name: string; readonly price: number; readonly sold_out: boolean }[]
}

export type CatalogueRow = StoreRow | MenuRow

interface Item {
  readonly id: string
  readonly name: string
  readonly price: number
  readonly soldOut: boolean
}

/** One spelling for what looks the same: a Mac types 갈비 as six letters. NUL, which no text of PostgreSQL holds, is left out. */
export const searchable = (text: string): string => text.normalize('NFC').replaceAll('\0', '')

/** @throws Error naming what is wrong, when this is no record of a store or a menu */
export const catalogueRowOf = ({ id, version, state: { context } }: ActorRecord, kind: 'store' | 'menu'): CatalogueRow => {
  if (kind === 'store') {
    const { name, lat, lng } = context as { readonly name?: unknown; readonly lat?: unknown; readonly lng?: unknown }
    if (typeof name !== 'string') throw new Error(`the store ${id} has no name`)
    if (!Number.isFinite(lat) || !Number.isFinite(lng)) throw new Error(`the store ${id} is nowhere`)
    return { kind, id, version, name: searchable(name), lat: Number(lat), lng: Number(lng) }
  }
  const items = context.items as readonly Item[] | undefined
  if (!Array.isArray(items)) throw new Error(`the menu of ${id} has no items`)
  const named = new Map(items.map(item => [item.id, item])) // a dish twice on a menu is one row
  return {
    kind,
    store_id: id,
    version,
    items: [...named.values()].map(item => ({
      menu_id: item.id,
      name: searchable(item.name),
      price: item.price,
      sold_out: item.soldOut === true,
    })),
  }
}
