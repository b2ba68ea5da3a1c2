import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { type Account, ROLES } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import { idField } from '../contract/fields.ts'

export interface TokenOptions {
  /** Signs sessions: at least 32 characters, the same in every gateway. */
  readonly secret: string
  /** How long a session lasts, 1…168. */
  readonly sessionHours: number
  readonly now: () => number
}

const claims = z.object({ sub: idField, role: z.enum(ROLES) })

/** Sessions as signed tokens (JWT, HS256): no gateway keeps any, so any gateway may be asked. */
export class Tokens {
  readonly #key: Uint8Array
  readonly #sessionS: number
  readonly #now: () => number

  constructor({ secret, sessionHours, now }: TokenOptions) {
    this.#key = new TextEncoder().encode(secret)
    this.#sessionS = sessionHours * 3_600
    this.#now = now
  }

  issue(account: Account): Promise<string> {
    const nowS = Math.floor(this.#now() / 1_000)
    return new SignJWT({ role: account.role })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(account.id)
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + this.#sessionS)
      .sign(this.#key)
  }

  /** @throws ApiError TOKEN_EXPIRED, or UNAUTHENTICATED for anything else that is wrong with it */
  async verify(token: string): Promise<Account> {
    const verified = await jwtVerify(token, this.#key, {
      algorithms: ['HS256'], // a token may not choose its own algorithm
      requiredClaims: ['sub', 'role', 'exp'],
      currentDate: new Date(this.#now()),
    }).catch((cause: unknown) => {
      throw new ApiError(cause instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED', { cause })
    })
    const parsed = claims.safeParse(verified.payload)
    if (!parsed.success) throw new ApiError('UNAUTHENTICATED', { cause: parsed.error })
    return { role: parsed.data.role, id: parsed.data.sub }
  }
}
