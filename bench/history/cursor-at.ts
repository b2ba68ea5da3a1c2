import type { MikroORM } from '@mikro-orm/postgresql'
import { encodeCursor } from '../../server/db/cursor.ts'
import type { OrderQuery } from '../../server/gateway/reads.ts'

/** The cursor that a walk from the newest order has after `index` + 1 orders, found by counting: no walk of 50,000 pages. */
export const cursorAt = async (orm: MikroORM, { role, id }: Pick<OrderQuery, 'role' | 'id'>, index: number): Promise<string> => {
  const where = role === 'ops' ? 'true' : `${role}_id = ?`
  const [found] = await orm.em
    .fork()
    .execute<{ id: string; placed_at: Date | string }[]>(
      `select id, placed_at from order_view where ${where} order by placed_at desc, id desc offset ? limit 1`,
      [...(role === 'ops' ? [] : [id]), index],
    )
  if (!found) throw new Error(`${role} ${id} has no order ${index}`)
  return encodeCursor({ id: found.id, placedAt: new Date(found.placed_at) })
}
