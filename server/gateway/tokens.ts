import { createHash, webcrypto } from 'node:crypto'
import { errors, type JWTHeaderParameters, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { type Account, ROLES } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import { idField } from '../contract/fields.ts'

export interface TokenOptions {
  /** Signs sessions: at least 32 characters, the same in every gateway. */
  readonly secret: string
  /** Secrets that signed before: what they signed is good until it expires. */
  readonly formerSecrets?: readonly string[]
  /** How long a token is good, minutes. */
  readonly tokenMinutes: number
  /** How long the token that fetches the next one is good, days; default 30. */
  readonly sessionDays?: number
  readonly now: () => number
}

/** What a good token says. */
export interface Pass {
  readonly account: Account
  /** The session that it belongs to; absent: none, as in a tool that signs for itself. */
  readonly sessionId?: string
  /** To the millisecond. */
  readonly issuedMs: number
}
/** What a good refresh token says: how often its session has been refreshed before. */
export interface RefreshPass extends Pass {
  readonly sessionId: string
  readonly turn: number
}

const claims = z.object({ sub: idField, role: z.enum(ROLES), sid: idField.optional(), iat: z.number() })
const refreshClaims = claims.extend({ sid: idField, turn: z.number().int().min(0) })
/** Neither is good for the other. */
const AUDIENCE = { access: 'api', refresh: 'refresh' } as const

/**
 * Sessions as signed tokens (JWT, HS256): no gateway asks anybody whether one is good. Each names the key that signed it (`kid`), so a
 * secret can be changed while people are signed in: first every gateway learns the new one as a former one, then it signs.
 */
export class Tokens {
  /** Made once: of raw bytes jose makes a new one for every token, a third of what a token costs. */
  readonly #keys: ReadonlyMap<string, Promise<webcrypto.CryptoKey>>
  readonly #kid: string
  readonly #tokenS: number
  readonly #sessionS: number
  readonly #now: () => number

  constructor({ secret, formerSecrets = [], tokenMinutes, sessionDays = 30, now }: TokenOptions) {
    this.#kid = kidOf(secret)
    this.#keys = new Map([secret, ...formerSecrets].map(each => [kidOf(each), keyOf(each)]))
    this.#tokenS = tokenMinutes * 60
    this.#sessionS = sessionDays * 86_400
    this.#now = now
  }

  /** When a token that is issued now expires, ms since 1970. */
  get expiresMs(): number {
    return this.#now() + this.#tokenS * 1_000
  }

  issue({ role, id }: Account, sessionId?: string): Promise<string> {
    return this.#sign({ role, ...(sessionId === undefined ? {} : { sid: sessionId }) }, id, AUDIENCE.access, this.#tokenS)
  }

  issueRefresh({ role, id }: Account, sessionId: string, turn: number): Promise<string> {
    return this.#sign({ role, sid: sessionId, turn }, id, AUDIENCE.refresh, this.#sessionS)
  }

  /** @throws ApiError TOKEN_EXPIRED, or UNAUTHENTICATED for anything else that is wrong with it */
  async read(token: string): Promise<Pass> {
    return passOf(await this.#verified(token, AUDIENCE.access, claims))
  }

  /** @throws ApiError TOKEN_EXPIRED, UNAUTHENTICATED */
  async readRefresh(token: string): Promise<RefreshPass> {
    const read = await this.#verified(token, AUDIENCE.refresh, refreshClaims)
    return { ...passOf(read), sessionId: read.sid, turn: read.turn }
  }

  async #sign(payload: JWTPayload, subject: string, audience: string, lifeS: number): Promise<string> {
    const nowS = this.#now() / 1_000 // with its fractions: a session that begins after all others were ended is none of them
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256', kid: this.#kid })
      .setSubject(subject)
      .setAudience(audience)
      .setIssuedAt(nowS)
      .setExpirationTime(Math.floor(nowS + lifeS))
      .sign(await this.#keyOf({ kid: this.#kid }))
  }

  async #verified<Schema extends z.ZodType>(token: string, audience: string, schema: Schema): Promise<z.output<Schema>> {
    const verified = await jwtVerify(token, header => this.#keyOf(header), {
      algorithms: ['HS256'], // a token may not choose its own algorithm
      audience,
      requiredClaims: ['sub', 'role', 'iat', 'exp'],
      currentDate: new Date(this.#now()),
    }).catch((cause: unknown) => {
      throw new ApiError(cause instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED', { cause })
    })
    const parsed = schema.safeParse(verified.payload)
    if (!parsed.success) throw new ApiError('UNAUTHENTICATED', { cause: parsed.error })
    return parsed.data
  }

  /** @throws Error when it is no key of ours */
  #keyOf({ kid }: Pick<JWTHeaderParameters, 'kid'>): Promise<webcrypto.CryptoKey> {
    const key = this.#keys.get(kid ?? '')
    if (!key) throw new Error('signed by a key that nobody here knows')
    return key
  }
}

const passOf = ({ sub, role, sid, iat }: z.output<typeof claims>): Pass => ({
  account: { role, id: sub },
  ...(sid === undefined ? {} : { sessionId: sid }),
  issuedMs: Math.round(iat * 1_000),
})

/** A key's name says nothing of the key. */
const kidOf = (secret: string): string => createHash('sha256').update(`kid:${secret}`).digest('base64url').slice(0, 12)

const keyOf = (secret: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
