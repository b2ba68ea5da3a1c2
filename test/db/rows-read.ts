import type { EntityManager } from '@mikro-orm/postgresql'

/** Rows of `order_view` that PostgreSQL has read so far, by scans and by indexes together. */
export const rowsRead = async (em: EntityManager): Promise<number> => {
  await em.execute('select pg_stat_force_next_flush()')
  const [sum] = await em.execute<{ rows: string }[]>(
    `select seq_tup_read + (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'order_view') as rows
     from pg_stat_user_tables where relname = 'order_view'`,
  )
  return Number(sum?.rows)
}
