import { isDeepStrictEqual } from 'node:util'
import type { Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { addressOfSubject } from '../../actors/subjects.ts'
import { type Differences, shown } from './difference.ts'
import type { NativePool } from './native-pool.ts'
import { type CatalogueRow, catalogueRowOf } from './store-row.ts'

export interface StoreTrial {
  readonly log: Pick<Log, 'newest'>
  readonly snapshot: Pick<NativePool, 'query'>
  /** Everything up to here is in the copy; what is newer is left out. */
  readonly upTo: number
  readonly differences: Differences
}

/** Compares the copy of the catalogue with the newest record of every store and menu. @returns how many were compared */
export const verifyStores = async ({ log, snapshot, upTo, differences }: StoreTrial): Promise<number> => {
  const copy = await copyOf(snapshot)
  let compared = 0
  for await (const { subject, seq, body } of log.newest<ActorRecord>(['evt.store.>', 'evt.menu.>'])) {
    const { kind, id } = addressOfSubject(subject)
    const has = copy.get(`${kind}/${id}`)
    copy.delete(`${kind}/${id}`)
    const wanted = rowOrPoison(body, kind)
    if (seq > upTo || !wanted) continue
    compared++
    if (!has) differences.note(`${kind}/${id}`, `the copy of the catalogue does not have it, the log has version ${body.version}`)
    else if (!isDeepStrictEqual(has, inOrder(wanted)))
      differences.note(`${kind}/${id}`, `the copy of the catalogue has ${shown(has)}, by its last record it is ${shown(wanted)}`)
  }
  for (const name of copy.keys()) differences.note(name, 'the copy of the catalogue has it, the log has no record of it')
  return compared
}

const rowOrPoison = (record: ActorRecord, kind: string): CatalogueRow | undefined => {
  try {
    return kind === 'store' || kind === 'menu' ? catalogueRowOf(record, kind) : undefined
  } catch {
    return undefined
  }
}

const copyOf = async (snapshot: StoreTrial['snapshot']): Promise<Map<string, CatalogueRow>> => {
  const stores = await snapshot.query(`select 'store' as kind, id, version, name, lat, lng from store_view`)
  const menus = await snapshot.query(`select 'menu' as kind, store_id, version, coalesce(
      (select json_agg(json_build_object('menu_id', menu_id, 'name', name, 'price', price, 'sold_out', sold_out))
        from menu_item_view as item where item.store_id = menu.store_id), '[]') as items
    from menu_view as menu`)
  const rows = [...stores.rows, ...menus.rows] as unknown as readonly CatalogueRow[]
  return new Map(rows.map(row => [row.kind === 'store' ? `store/${row.id}` : `menu/${row.store_id}`, inOrder(row)]))
}

/** Dishes in the order of their ids: the copy is searched, and knows no order of its own. */
const inOrder = (row: CatalogueRow): CatalogueRow =>
  row.kind === 'store' ? row : { ...row, items: [...row.items].sort((a, b) => (a.menu_id < b.menu_id ? -1 : 1)) }
