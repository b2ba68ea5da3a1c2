import type { By } from '../../actors/envelope.ts'

export const ROLES = ['customer', 'store', 'rider', 'ops'] as const
export type Role = (typeof ROLES)[number]

/** Who is signed in. The id is also the id of the actor that stands for the account. */
export interface Account {
  readonly role: Role
  readonly id: string
}

export const byOf = (account: Account): By => ({ role: account.role, id: account.id })
