import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/** PostgreSQL's own: more would cost each new connection, and our passwords are too long to be guessed. */
const ITERATIONS = 4_096

/**
 * What PostgreSQL keeps of a password (RFC 5803). Made here, so that the password itself stands in no statement and in no log of the
 * server, and that no sign in it can end a literal: what comes out are the letters of base64, `$` and `:`.
 * @param password printable ASCII: other letters would first have to be brought into one form (RFC 4013)
 */
export const scramOf = (password: string, salt: Buffer = randomBytes(16)): string => {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest()
  const storedKey = createHash('sha256').update(keyOf('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${keyOf('Server Key').toString('base64')}`
}
