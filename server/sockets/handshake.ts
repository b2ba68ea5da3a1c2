import type { Socket } from 'socket.io'
import { z } from 'zod'
import type { Account } from '../contract/account.ts'
import { ApiError, errorBody, type Locale } from '../contract/errors.ts'

/** Who speaks on a socket, and in which language he reads errors. */
export interface Guest {
  readonly account: Account
  readonly locale: Locale
}

const auth = z.object({ token: z.string().min(1).max(4_096) })

/** `ko` unless English is asked for, by `auth.locale` or else by the browser. */
export const localeOf = (asked: unknown, header: string | undefined): Locale =>
  (typeof asked === 'string' ? asked : (header ?? '')).toLowerCase().startsWith('en') ? 'en' : 'ko'

/** Lets in who shows a good token; everybody else gets a `connect_error` whose `data` is the error's body. */
export const handshake =
  (verify: (token: string) => Promise<Account>, welcome: (socket: Socket, guest: Guest) => void) =>
  (socket: Socket, next: (error?: Error) => void): void => {
    const locale = localeOf(socket.handshake.auth.locale, socket.handshake.headers['accept-language'])
    const shown = auth.safeParse(socket.handshake.auth)
    const verified = shown.success ? verify(shown.data.token) : Promise.reject(new ApiError('UNAUTHENTICATED'))
    verified.then(
      account => {
        welcome(socket, { account, locale })
        next()
      },
      (thrown: unknown) => {
        const data = errorBody(thrown, locale)
        next(Object.assign(new Error(data.message), { data }))
      },
    )
  }
