import type { MikroORM } from '@mikro-orm/postgresql'
import type { ActorRecord } from '../../actors/record.ts'
import { newestBy, RowSet } from './row-set.ts'
import { type CatalogueRow, catalogueRowOf, type MenuRow, type StoreRow } from './store-row.ts'
import { insertOf, type Part, StretchWriter, type WriterOptions } from './stretch-writer.ts'

const STORES = new RowSet<Omit<StoreRow, 'kind'>>({ id: 'text', version: 'integer', name: 'text', lat: 'float8', lng: 'float8' })
const MENUS = new RowSet<Pick<MenuRow, 'store_id' | 'version'>>({ store_id: 'text', version: 'integer' })
const ITEMS = new RowSet<MenuRow['items'][number] & Pick<MenuRow, 'store_id'>>({
  store_id: 'text',
  menu_id: 'text',
  name: 'text',
  price: 'integer',
  sold_out: 'boolean',
})

/** A menu is written whole or, when a newer one is there, not at all: what is no longer on it goes. */
const CATALOGUE: Part<CatalogueRow> = {
  sql: first => `
    stores as (${insertOf('store_view', STORES, first)}
      on conflict (id) do update set version = excluded.version, name = excluded.name, lat = excluded.lat, lng = excluded.lng
      where store_view.version < excluded.version),
    menus as (${insertOf('menu_view', MENUS, first + STORES.size)}
      on conflict (store_id) do update set version = excluded.version where menu_view.version < excluded.version
      returning store_id),
    item as (select row.* from ${ITEMS.from(first + STORES.size + MENUS.size)} join menus using (store_id)),
    gone as (delete from menu_item_view old using menus where old.store_id = menus.store_id
      and not exists (select from item where item.store_id = old.store_id and item.menu_id = old.menu_id)),
    items as (insert into menu_item_view (${ITEMS.columns.join(', ')}) select ${ITEMS.columns.join(', ')} from item
      on conflict (store_id, menu_id) do update set name = excluded.name, price = excluded.price, sold_out = excluded.sold_out)`,
  params: rows => {
    const stores = newestBy(
      rows.filter(row => row.kind === 'store'),
      row => row.id,
    )
    const menus = newestBy(
      rows.filter(row => row.kind === 'menu'),
      row => row.store_id,
    )
    const items = menus.flatMap(menu => menu.items.map(item => ({ ...item, store_id: menu.store_id })))
    return [...STORES.params(stores), ...MENUS.params(menus), ...ITEMS.params(items)]
  },
}

/** Archives stores, menus, riders and all that lives long, and keeps the copy of the catalogue that can be searched. */
export class EntityWriter extends StretchWriter<CatalogueRow> {
  constructor(orm: MikroORM, options: WriterOptions = {}) {
    super(orm, 'ENTITIES', CATALOGUE, options)
  }

  override rowsOf(record: ActorRecord, kind: string): readonly CatalogueRow[] {
    return kind === 'store' || kind === 'menu' ? [catalogueRowOf(record, kind)] : []
  }
}
