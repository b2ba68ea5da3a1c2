import { createHmac } from 'node:crypto'
import type { Role, Wiring } from './wiring.ts'

type Settings = Readonly<Record<'DATABASE_URL' | 'DATABASE_WEB_PASSWORD' | 'DATABASE_PROJECTOR_PASSWORD', string | undefined>>

/** Nothing, not even what stands in the environment around us. */
const NONE: Settings = { DATABASE_URL: undefined, DATABASE_WEB_PASSWORD: undefined, DATABASE_PROJECTOR_PASSWORD: undefined }

/**
 * How one process comes to PostgreSQL: the gateway and the projector as roles that may do what they have to (server/db/roles.ts), who
 * makes and fills the tables as their owner, and nobody else at all.
 */
export const databaseSettings = (wiring: Wiring, role: Role | 'migrate' | 'seed'): Settings => {
  const { databaseUrl } = wiring
  const { web, projector } = passwordsOf(wiring)
  switch (role) {
    case 'web':
      return { ...NONE, DATABASE_URL: asRole(databaseUrl, 'baedal_web', web) }
    case 'projector':
      return { ...NONE, DATABASE_URL: asRole(databaseUrl, 'baedal_projector', projector) }
    case 'migrate':
      return { DATABASE_URL: databaseUrl, DATABASE_WEB_PASSWORD: web, DATABASE_PROJECTOR_PASSWORD: projector }
    case 'seed':
      return { ...NONE, DATABASE_URL: databaseUrl }
    default:
      return NONE
  }
}

/** Our own server's from the owner's password, which they do not tell; an outside one's are brought by the environment, or there are none. */
const passwordsOf = ({ ownsPostgres, secrets: { databasePassword } }: Wiring) => {
  if (!ownsPostgres) return { web: process.env.DATABASE_WEB_PASSWORD, projector: process.env.DATABASE_PROJECTOR_PASSWORD }
  const passwordOf = (role: string): string => createHmac('sha256', databasePassword).update(`postgres:${role}`).digest('hex').slice(0, 40)
  return { web: passwordOf('web'), projector: passwordOf('projector') }
}

/** Without a password there is no such role: then as whoever the URL names. */
export const asRole = (url: string, name: string, password: string | undefined): string => {
  if (!password) return url
  const named = new URL(url)
  named.username = name
  named.password = encodeURIComponent(password)
  return named.href
}
