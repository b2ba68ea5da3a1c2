import type { MikroORM } from '@mikro-orm/postgresql'
import { migrate } from '../server/db/migrate.ts'
import { openOrm } from '../server/db/orm.ts'
import { OrderReader } from '../server/db/read-orders.ts'
import type { OrderQuery } from '../server/gateway/reads.ts'
import { Histogram } from './histogram.ts'
import { cursorAt } from './history/cursor-at.ts'
import { openDatabase } from './history/database.ts'
import { BUSY_STORE, fillTo, ORDERS_OF_A_CUSTOMER, SOME_CUSTOMER, writeTemplate } from './history/fill.ts'
import { type Figures, printTable } from './report.ts'
import type { BenchFlags } from './run.ts'

const FULL = { sizes: [10_000, 100_000, 1_000_000], reads: 300 }
const QUICK = { sizes: [1_000, 10_000], reads: 20 }
const LIMIT = 20
/** What no figure is taken of: connections, plans and caches that a server at work has long had. */
const WARM_READS = 20

type Owner = Pick<OrderQuery, 'role' | 'id'>
/** `middle` and `last` say where a page begins, as a share of all that the owner has. */
const DEPTHS = { first: 0, middle: 0.5, last: 1 } as const
type Depth = keyof typeof DEPTHS
const OWNERS: readonly Owner[] = [
  { role: 'customer', id: SOME_CUSTOMER },
  { role: 'store', id: BUSY_STORE },
  { role: 'ops', id: 'ops-1' },
]

/** Whether a page of the history costs the same however many orders there are, and however far back it lies. */
export const bench = async ({ quick }: BenchFlags): Promise<Figures> => {
  const { sizes, reads } = quick ? QUICK : FULL
  await using database = await openDatabase()
  await migrate(database.url)
  const filling = await openOrm({ databaseUrl: database.url, poolMax: 1, statementTimeoutMs: 0 })
  const reading = await openOrm({ databaseUrl: database.url, poolMax: 1 })
  try {
    await writeTemplate(filling)
    const figures: Record<string, number> = {}
    const rows: (string | number)[][] = []
    const deepP50Ms: number[] = []
    for (const size of sizes) {
      await fillTo(filling, size)
      const all = { first: new Histogram(), middle: new Histogram(), last: new Histogram() }
      for (const owner of OWNERS)
        for (const depth of Object.keys(DEPTHS) as Depth[]) {
          const own = await readPages(reading, owner, depth, size, reads, all[depth])
          rows.push([`${named(size)} orders, ${owner.role}, ${depth}`, own.at(0.5), own.at(0.99)])
        }
      figures[`firstPageP50Ms@${named(size)}`] = all.first.at(0.5)
      figures[`firstPageP99Ms@${named(size)}`] = all.first.at(0.99)
      figures[`deepPageP50Ms@${named(size)}`] = all.middle.at(0.5)
      figures[`deepPageP99Ms@${named(size)}`] = all.middle.at(0.99)
      figures[`lastPageP99Ms@${named(size)}`] = all.last.at(0.99)
      deepP50Ms.push(all.middle.at(0.5))
    }
    const flatRatio = (deepP50Ms.at(-1) ?? 0) / Math.max(0.1, deepP50Ms[0] ?? 0)
    printTable(['page of the history', 'p50 ms', 'p99 ms'], [...rows, ['deep pages, largest over smallest', flatRatio, '']])
    return { ...figures, flatRatio }
  } finally {
    await reading.close()
    await filling.close()
  }
}

/** Walks on from where the depth begins, page by page, and begins again there when the history ends. @throws Error for an empty page */
const readPages = async (orm: MikroORM, owner: Owner, depth: Depth, size: number, reads: number, all: Histogram): Promise<Histogram> => {
  const reader = new OrderReader(orm)
  const has = { customer: ORDERS_OF_A_CUSTOMER, store: size / 10, ops: size, rider: 0 }[owner.role]
  const begin = depth === 'first' ? undefined : await cursorAt(orm, owner, Math.min(Math.floor(has * DEPTHS[depth]), has - LIMIT) - 1)
  const own = new Histogram()
  let cursor = begin
  for (let i = 0; i < WARM_READS + reads; i++) {
    const fromMs = performance.now()
    const page = await reader.listOrders({ ...owner, limit: LIMIT, ...(cursor === undefined ? {} : { cursor }) })
    const ms = performance.now() - fromMs
    if (page.kind !== 'page' || page.rows.length === 0) throw new Error(`no page for ${owner.role} at ${depth} of ${size}`)
    cursor = depth === 'middle' ? (page.nextCursor ?? begin) : begin
    if (i < WARM_READS) continue
    own.add(ms)
    all.add(ms)
  }
  return own
}

const named = (size: number): string => (size >= 1_000_000 ? `${size / 1_000_000}M` : size >= 1_000 ? `${size / 1_000}k` : `${size}`)
