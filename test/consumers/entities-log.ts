import { decide } from '../../actors/decide.ts'
import type { Event } from '../../actors/envelope.ts'
import { KINDS } from '../../actors/kinds/all.ts'
import type { Log } from '../../actors/log.ts'
import { neighbourhood } from '../../server/seed/neighbourhood.ts'
import { NOON } from '../db/order-story.ts'

/** Has an actor's machine hear an event, and writes what comes of it as a host would. */
export const tellEntity = async (log: Log, kind: string, id: string, event: Event, atMs = NOON): Promise<void> => {
  const found = KINDS.find(({ name }) => name === kind)
  if (!found) throw new Error(`no kind ${kind}`)
  const address = { kind, id }
  const last = await log.latest(address)
  const commandId = `${event.type}:${kind}:${id}:${last?.body.version ?? 0}`
  const by = { role: 'ops', id: 'test' } as const
  const decision = decide(found, last, { commandId, address, event, by, at: new Date(atMs).toISOString() }, atMs)
  if (decision.kind !== 'commit') throw new Error(`${kind}/${id} does not hear ${event.type}: ${JSON.stringify(decision)}`)
  const appended = await log.append([decision.entry])
  if (appended.kind !== 'appended') throw new Error(appended.kind)
}

/** The first stores of the demo with their menus move in. */
export const moveIn = async (log: Log, stores: number): Promise<void> => {
  for (const { id, profile, items } of neighbourhood.stores.slice(0, stores)) {
    await tellEntity(log, 'store', id, { type: 'register', profile })
    await tellEntity(log, 'menu', id, { type: 'register', items })
  }
}
