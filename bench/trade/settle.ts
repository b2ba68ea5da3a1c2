import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Event } from '../../actors/envelope.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import type { House } from '../../config/runtime/house.ts'
import { STREAMS } from '../../config/streams.ts'
import type { Role } from '../../server/contract/account.ts'
import { Tokens } from '../../server/gateway/tokens.ts'
import type { Town } from './town.ts'

/** Registered at once: as many as a host takes without asking anybody to come back. */
const AT_ONCE = 200
const DEADLINE_MS = 20_000
/** A run is over long before. */
const TOKEN_MINUTES = 720

/** Moves the towns into a house: their stores, menus, customers and riders become actors, as signing up would make them. */
export const settle = async ({ natsUrl }: House, towns: readonly Town[]): Promise<void> => {
  const nats = await connectNats({ url: natsUrl, name: 'bench settle', streams: STREAMS })
  const router = new Router({ wire: nats.wire, now: () => Date.now(), random: Math.random })
  const register = async (kind: string, id: string, event: Omit<Event, 'type'>): Promise<void> => {
    const command = { commandId: `settle:${kind}:${id}`, address: { kind, id }, event: { type: 'register', ...event } }
    const reply = await router.ask({ ...command, by: { role: 'ops', id: 'bench' }, at: new Date().toISOString() }, DEADLINE_MS)
    if (reply.kind !== 'moved') throw new Error(`${kind}/${id} could not move in: ${reply.code}`)
  }
  const moves = towns.flatMap(({ store, customers, riders }) => [
    () => register('store', store.id, { profile: store.profile }),
    () => register('menu', store.id, { items: store.items }),
    ...customers.map((id, i) => () => register('customer', id, { name: '김하늘', phone: phoneOf(i) })),
    ...riders.map((id, i) => () => register('rider', id, { name: '고은찬', phone: phoneOf(i) })),
  ])
  while (moves.length > 0) await Promise.all(moves.splice(0, AT_ONCE).map(move => move()))
  await nats.close()
}

/** A number that nobody has. */
const phoneOf = (i: number): string => `0100000${String(i % 10_000).padStart(4, '0')}`

/** A session's token for each of them, signed with the house's own secret: ten thousand sign-ins would measure argon2. */
export const tokensFor = async ({ dir }: House): Promise<(role: Role, id: string) => Promise<string>> => {
  const { jwtSecret } = JSON.parse(await readFile(join(dir.path, 'secrets.json'), 'utf8')) as { readonly jwtSecret: string }
  const tokens = new Tokens({ secret: jwtSecret, tokenMinutes: TOKEN_MINUTES, now: () => Date.now() })
  return (role, id) => tokens.issue({ role, id })
}
