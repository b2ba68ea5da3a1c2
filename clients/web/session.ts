import type { SessionView } from '../../server/contract/accounts.ts'
import { Api, ApiRefusal } from '../shared/api.ts'
import type { Language } from './language.tsx'

export type AppRole = SessionView['role']
export interface Registration {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly phone: string
}

/** So long before its end a token is changed for the next one. */
const EARLY_MS = 60_000

/**
 * Who is signed in to one app on this device. Every tab of the app shares it: a refresh token is good once, so one tab at a time asks for the
 * next, and a tab that comes second finds it there.
 */
export class Session {
  readonly #key: string
  readonly #origin: string
  readonly #listeners = new Set<() => void>()
  #kept: SessionView | undefined
  #language: Language = 'ko'

  constructor(role: AppRole, origin: string = location.origin) {
    this.#key = `baedal session ${role}`
    this.#origin = origin
    this.#kept = this.#read()
    window.addEventListener('storage', ({ key }) => {
      if (key !== this.#key && key !== null) return
      this.#kept = this.#read()
      this.#changed()
    })
  }

  /** The account's id; undefined: nobody is signed in. */
  get id(): string | undefined {
    return this.#kept?.id
  }

  /** In which the server's own words are asked for. */
  speak(language: Language): void {
    this.#language = language
  }

  onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @throws ApiRefusal WRONG_CREDENTIALS, TOO_MANY_REQUESTS … */
  async signIn(role: AppRole, login: string, password: string): Promise<void> {
    this.#keep(await this.#api.signIn({ role, login, password }))
  }

  /** @throws ApiRefusal LOGIN_TAKEN, INVALID … */
  async register(role: 'customer' | 'rider', registration: Registration): Promise<void> {
    this.#keep(await this.#api.call<SessionView>('/api/accounts', { method: 'POST', body: { role, ...registration } }))
  }

  /** Here at once; at the server as soon as it hears of it. */
  async signOut(): Promise<void> {
    const token = this.#kept?.token
    this.#keep(undefined)
    if (token !== undefined) await this.#api.call('/api/sessions/me', { method: 'DELETE', token }).catch(() => undefined)
  }

  /** Good for a minute at least. @throws Error when nobody is signed in; TypeError when the next one cannot be fetched now */
  async token(): Promise<string> {
    if (this.#kept && !isEnding(this.#kept)) return this.#kept.token
    return this.#alone(async () => {
      const kept = this.#read()
      if (!kept) throw new Error('nobody is signed in')
      if (isEnding(kept)) this.#keep(await this.#next(kept))
      else this.#kept = kept
      if (!this.#kept) throw new Error('the session is over')
      return this.#kept.token
    })
  }

  /** The server knows this token no more. */
  expire(): void {
    this.#keep(undefined)
  }

  get #api(): Api {
    return new Api(this.#origin, this.#language)
  }

  /** Undefined: the session is over. */
  async #next({ refreshToken }: SessionView): Promise<SessionView | undefined> {
    try {
      return await this.#api.call<SessionView>('/api/sessions/refresh', { method: 'POST', body: { refreshToken } })
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 401) return undefined
      throw error
    }
  }

  /** One tab at a time. Browsers have locks on HTTPS and on localhost; elsewhere a tab that comes second is signed out. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    return 'locks' in navigator ? navigator.locks.request(this.#key, work) : work()
  }

  #read(): SessionView | undefined {
    try {
      return (JSON.parse(localStorage.getItem(this.#key) ?? 'null') as SessionView | null) ?? undefined
    } catch {
      return undefined
    }
  }

  #keep(kept: SessionView | undefined): void {
    this.#kept = kept
    if (kept) localStorage.setItem(this.#key, JSON.stringify(kept))
    else localStorage.removeItem(this.#key)
    this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

const isEnding = ({ expiresAt }: SessionView): boolean => Date.parse(expiresAt) - Date.now() < EARLY_MS
