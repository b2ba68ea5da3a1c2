import type { By, Command } from '../../actors/envelope.ts'
import { along, type Trace } from '../../actors/tracing.ts'

export const ROLES = ['customer', 'store', 'rider', 'ops'] as const
export type Role = (typeof ROLES)[number]

/** Who is signed in. The id is also the id of the actor that stands for the account. */
export interface Account {
  readonly role: Role
  readonly id: string
  /** Names the request in which the account speaks, a token: it goes along to all that follows from it. Absent outside of one. */
  readonly requestId?: string
  /** The span of that request, where it is traced. */
  readonly trace?: Trace
}

export const byOf = (account: Account): By => ({ role: account.role, id: account.id })

/** What a command says of whoever sends it. */
export const sentBy = (account: Account): Pick<Command, 'by' | 'correlationId' | 'trace'> => ({
  by: byOf(account),
  ...(account.requestId === undefined ? {} : { correlationId: account.requestId }),
  ...along(account),
})
