import type { Address } from './address.ts'
import { shardOf } from './shards.ts'

/**
 * The grammar of subjects, in one place:
 *   evt.<kind>.<shard>.<id>.<route…>      a record; the subject never changes in an actor's life
 *   fx.<src>.<kind>.<shard>.<id>.<n>      an effect asked for
 *   fx.tell.<kind>.<shard>.<id>.<n>       what this actor tells another one
 *   timer.<kind>.<shard>.<id>.<n>         a schedule; when due it is delivered on due.…
 *   due.<kind>.<shard>.<id>.<n>
 *   out.<type>.<route…>                   an announcement
 *   inbox.<kind>.<shard>.<id>             a durable way in
 *   cmd.<kind>.<shard>                    where the shard's host listens (core NATS, not stored)
 */
const tail = (address: Address): string => `${address.kind}.${shardOf(address.id)}.${address.id}`

export const evtSubject = (address: Address, route: readonly string[]): string => ['evt', tail(address), ...route].join('.')
/** Matches an actor's records whatever their route. */
export const evtOf = (address: Address): string => `evt.${tail(address)}.>`
export const fxSubject = (src: string, address: Address, n: string): string => `fx.${src}.${tail(address)}.${n}`
export const timerSubject = (address: Address, n: string): string => `timer.${tail(address)}.${n}`
export const dueSubject = (address: Address, n: string): string => `due.${tail(address)}.${n}`
export const inboxSubject = (address: Address): string => `inbox.${tail(address)}`
export const outSubject = (type: string, route: readonly string[]): string => ['out', type, ...route].join('.')
export const cmdSubject = (address: Address): string => `cmd.${address.kind}.${shardOf(address.id)}`

/** The address named by an evt, fx, timer, due or inbox subject. @throws Error on any other subject. */
export const addressOfSubject = (subject: string): Address => {
  const tokens = subject.split('.')
  const at = tokens[0] === 'fx' ? 2 : 1
  const [kind, , id] = tokens.slice(at)
  if (!kind || !id || tokens[0] === 'out') throw new Error(`no address in subject ${subject}`)
  return { kind, id }
}

/** NATS matching: `*` is one token, a closing `>` is one or more. */
export const matches = (pattern: string, subject: string): boolean => {
  const want = pattern.split('.')
  const have = subject.split('.')
  for (const [i, token] of want.entries()) {
    if (token === '>') return have.length > i
    if (have[i] === undefined || (token !== '*' && token !== have[i])) return false
  }
  return want.length === have.length
}
