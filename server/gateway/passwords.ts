import { hash, verify } from '@node-rs/argon2'

/** argon2id with the library's defaults: 19 MiB, 2 passes, 1 lane (the OWASP minimum); about 20 ms on a thread of the pool. */
export const hashPassword = (password: string): Promise<string> => hash(password)

// A hash of 32 random bytes that nobody kept.
const DECOY = '$argon2id$v=19$m=19456,t=2,p=1$q/JuLONcr3X5C5tQapjjcQ$qcejFJ/D+IBMeMjQkuIZ5WItvLzF6Cn5L/ed9t1Onc8'

/** An unknown login costs the same as a known one, so that time does not tell which logins exist. */
export const verifyPassword = async (passwordHash: string | undefined, password: string): Promise<boolean> => {
  const matches = await verify(passwordHash ?? DECOY, password)
  return matches && passwordHash !== undefined
}
