import type { Address } from '../../actors/address.ts'
import { isoOf } from '../../actors/clock.ts'
import type { Event } from '../../actors/envelope.ts'
import { type AccountRow, Accounts } from '../db/accounts.ts'
import { openOrm } from '../db/orm.ts'
import { hashPassword } from '../gateway/passwords.ts'
import { DEMO_PASSWORD, neighbourhood } from '../seed/neighbourhood.ts'
import { openNats, type RoleParts, routerOf } from './role.ts'

const SEEDER = { role: 'ops', id: 'seed' } as const
/** A house that has just started may still be taking its seats. */
const DEADLINE_MS = 20_000

/** Moves the neighbourhood in and opens its accounts, and ends. What is there already stays as it is. */
export const seedOnce = async (parts: RoleParts): Promise<undefined> => {
  if (parts.config.NODE_ENV === 'production') throw new Error('the neighbourhood is for development')
  const nats = await openNats(parts, 'seed')
  const router = routerOf(parts, nats)
  const register = async (kind: string, id: string, event: Omit<Event, 'type'>): Promise<void> => {
    const address: Address = { kind, id }
    const reply = await router.ask(
      { commandId: `seed:${kind}:${id}`, address, event: { type: 'register', ...event }, by: SEEDER, at: isoOf(parts.clock.now()) },
      DEADLINE_MS,
    )
    if (reply.kind === 'failed') throw new Error(`${kind}/${id} could not move in: ${reply.code} ${reply.message ?? ''}`)
  }
  const { stores, customers, riders, ops } = neighbourhood
  await Promise.all([
    ...stores.flatMap(({ id, profile, items }) => [register('store', id, { profile }), register('menu', id, { items })]),
    ...customers.map(({ id, name, phone }) => register('customer', id, { name, phone })),
    ...riders.map(({ id, name, phone }) => register('rider', id, { name, phone })),
  ])
  await nats.close()

  const orm = await openOrm({ databaseUrl: parts.config.DATABASE_URL, poolMax: 1 })
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const createdAt = new Date(parts.clock.now())
  const account = (role: AccountRow['role'], id: string, name: string): AccountRow => ({
    role,
    login: id,
    id,
    passwordHash,
    name,
    createdAt,
  })
  await new Accounts(orm).upsertAccounts([
    ...stores.map(({ id, profile }) => account('store', id, profile.name)),
    ...customers.map(({ id, name }) => account('customer', id, name)),
    ...riders.map(({ id, name }) => account('rider', id, name)),
    ...ops.map(({ id, name }) => account('ops', id, name)),
  ])
  await orm.close()
  parts.logger.info({ stores: stores.length, customers: customers.length, riders: riders.length }, 'seeded')
}
