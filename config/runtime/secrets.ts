import { createECDH } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { Problem } from './problem.ts'

const schema = z.object({
  jwtSecret: z.string().min(32),
  databasePassword: z.string().min(16),
  tossSecretKey: z.string().startsWith('test_sk_'),
  solapiApiKey: z.string().min(4),
  solapiApiSecret: z.string().min(8),
  vapidPublicKey: z.string().length(87),
  vapidPrivateKey: z.string().length(43),
  natsSecret: z.string().min(32),
})
export type Secrets = Readonly<z.infer<typeof schema>>

/**
 * The secrets of this data directory, made once and readable by their owner only. What an earlier release did not know is added.
 * @param newSecret at least 32 letters and digits, unguessable
 * @throws Problem secretsBroken when the file is not what we wrote
 */
export const keepSecrets = (path: string, newSecret: () => string): Secrets => {
  if (!existsSync(path)) {
    write(path, {
      jwtSecret: newSecret(),
      databasePassword: newSecret(),
      tossSecretKey: `test_sk_${newSecret()}`,
      solapiApiKey: newSecret().slice(0, 16),
      solapiApiSecret: newSecret(),
      ...newVapidKeys(),
      natsSecret: newSecret(),
    })
  }
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const whole = schema.safeParse(kept)
    if (whole.success) return whole.data
    const added = schema.parse({ ...newVapidKeys(), natsSecret: newSecret(), ...older.parse(kept) })
    write(path, added)
    return added
  } catch (cause) {
    throw new Problem('secretsBroken', { path }, { cause })
  }
}

/** As they were before there was web push, and before NATS knew users. */
const older = schema.partial({ vapidPublicKey: true, vapidPrivateKey: true, natsSecret: true })

/** Renamed into place, so that a crash leaves no half of it: the database would not open with another password. */
const write = (path: string, secrets: Secrets): void => {
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** A pair on P-256 in the base64 of URLs. Browsers subscribe to the public one: another pair would end every subscription. */
const newVapidKeys = (): Pick<Secrets, 'vapidPublicKey' | 'vapidPrivateKey'> => {
  const pair = createECDH('prime256v1')
  const vapidPublicKey = pair.generateKeys('base64url')
  const vapidPrivateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32) // a small number has fewer bytes
  return { vapidPublicKey, vapidPrivateKey: vapidPrivateKey.toString('base64url') }
}
