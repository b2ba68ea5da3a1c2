import type { Socket } from 'socket.io'
import { z } from 'zod'
import type { Account } from '../contract/account.ts'
import { ApiError, errorBody, type Locale } from '../contract/errors.ts'
import type { Pass } from '../gateway/tokens.ts'
import type { Admission } from './admission.ts'

/** Who speaks on a socket, and in which language he reads errors. */
export interface Guest {
  readonly account: Account
  readonly locale: Locale
  /** What he came in with: when it is ended, so is the socket. */
  readonly pass: Pass
}

const auth = z.object({ token: z.string().min(1).max(4_096) })

/** `ko` unless English is asked for, by `auth.locale` or else by the browser. */
export const localeOf = (asked: unknown, header: string | undefined): Locale =>
  (typeof asked === 'string' ? asked : (header ?? '')).toLowerCase().startsWith('en') ? 'en' : 'ko'

/** Lets in who shows a good token; everybody else gets a `connect_error` whose `data` is the error's body. */
export const handshake =
  (pass: (token: string) => Promise<Pass>, welcome: (socket: Socket, guest: Guest, entered: () => void) => void, admission: Admission) =>
  (socket: Socket, next: (error?: Error) => void): void => {
    const locale = localeOf(socket.handshake.auth.locale, socket.handshake.headers['accept-language'])
    const refuse = (thrown: unknown): void => {
      const data = errorBody(thrown, locale)
      next(Object.assign(new Error(data.message), { data }))
    }
    const shown = auth.safeParse(socket.handshake.auth)
    if (!shown.success) {
      refuse(new ApiError('UNAUTHENTICATED'))
      return
    }
    const letIn = async (): Promise<void> => {
      const entered = await admission.enter(() => socket.conn.readyState !== 'open')
      if (!entered) return
      socket.conn.once('close', entered) // who goes before he is welcome is never heard of again
      try {
        const shows = await pass(shown.data.token)
        welcome(socket, { account: shows.account, locale, pass: shows }, entered)
        next()
      } catch (thrown) {
        entered()
        refuse(thrown)
      }
    }
    void letIn()
  }
