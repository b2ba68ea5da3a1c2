import { createHash, webcrypto } from 'node:crypto'
import { errors, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { type Account, ROLES } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import { idField } from '../contract/fields.ts'

export interface TokenOptions {
  /** Signs sessions: at least 32 characters, the same in every gateway. */
  readonly secret: string
  /** Secrets that signed before: what they signed is good until it expires. */
  readonly formerSecrets?: readonly string[]
  /** How long a session lasts, 1…168. */
  readonly sessionHours: number
  readonly now: () => number
}

const claims = z.object({ sub: idField, role: z.enum(ROLES) })

/**
 * Sessions as signed tokens (JWT, HS256): no gateway keeps any, so any gateway may be asked. Each names the key that signed it (`kid`), so a
 * secret can be changed while people are signed in: first every gateway learns the new one as a former one, then it signs.
 */
export class Tokens {
  /** Made once: of raw bytes jose makes a new one for every token, a third of what a token costs. */
  readonly #keys: ReadonlyMap<string, Promise<webcrypto.CryptoKey>>
  readonly #kid: string
  readonly #sessionS: number
  readonly #now: () => number

  constructor({ secret, formerSecrets = [], sessionHours, now }: TokenOptions) {
    this.#kid = kidOf(secret)
    this.#keys = new Map([secret, ...formerSecrets].map(each => [kidOf(each), keyOf(each)]))
    this.#sessionS = sessionHours * 3_600
    this.#now = now
  }

  async issue(account: Account): Promise<string> {
    const nowS = Math.floor(this.#now() / 1_000)
    return new SignJWT({ role: account.role })
      .setProtectedHeader({ alg: 'HS256', kid: this.#kid })
      .setSubject(account.id)
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + this.#sessionS)
      .sign(await this.#keyOf({ kid: this.#kid }))
  }

  /** @throws ApiError TOKEN_EXPIRED, or UNAUTHENTICATED for anything else that is wrong with it */
  async verify(token: string): Promise<Account> {
    const verified = await jwtVerify(token, header => this.#keyOf(header), {
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

  /** @throws Error when it is no key of ours */
  #keyOf({ kid }: Pick<JWTHeaderParameters, 'kid'>): Promise<webcrypto.CryptoKey> {
    const key = this.#keys.get(kid ?? '')
    if (!key) throw new Error('signed by a key that nobody here knows')
    return key
  }
}

/** A key's name says nothing of the key. */
const kidOf = (secret: string): string => createHash('sha256').update(`kid:${secret}`).digest('base64url').slice(0, 12)

const keyOf = (secret: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
