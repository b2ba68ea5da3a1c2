import { z } from 'zod'
import { ROLES } from './account.ts'
import { textField } from './fields.ts'

const loginField = z.string().regex(/^[A-Za-z0-9._@+-]{3,64}$/, 'must be 3 to 64 letters, digits or . _ @ + -')

/** `POST /api/sessions`. */
export const sessionBody = z.object({
  role: z.enum(ROLES),
  login: z.string().min(1).max(64),
  password: z.string().min(1).max(200),
})
export type SessionBody = z.output<typeof sessionBody>

/** `POST /api/sessions/refresh`. */
export const refreshBody = z.object({ refreshToken: z.string().min(1).max(4_096) })

/** `POST /api/ops/accounts/{role}/{id}/sign-out`: who asks, asks for a reason. */
export const signOutBody = z.object({ reason: textField(200) })
export const signedOutView = z.object({ signedOut: z.literal(true) })

/** `POST /api/accounts`. Stores and operators are made by operators. */
export const accountBody = z.object({
  role: z.enum(['customer', 'rider']),
  login: loginField,
  password: z.string().min(8).max(200),
  name: textField(40),
  /** Digits only, `01012345678`. */
  phone: z.string().regex(/^0\d{8,10}$/, 'must be 9 to 11 digits beginning with 0'),
})
export type AccountBody = z.output<typeof accountBody>

export const sessionView = z.object({
  token: z.string(),
  role: z.enum(ROLES),
  id: z.string(),
  /** Fetches the next token, once. */
  refreshToken: z.string(),
  /** The token's end, ISO 8601 UTC. */
  expiresAt: z.string(),
})
export type SessionView = z.output<typeof sessionView>
