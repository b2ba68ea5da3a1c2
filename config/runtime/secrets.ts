import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { Problem } from './problem.ts'

const schema = z.object({
  jwtSecret: z.string().min(32),
  databasePassword: z.string().min(16),
  tossSecretKey: z.string().startsWith('test_sk_'),
  solapiApiKey: z.string().min(4),
  solapiApiSecret: z.string().min(8),
})
export type Secrets = Readonly<z.infer<typeof schema>>

/**
 * The secrets of this data directory, made once and readable by their owner only.
 * @param newSecret at least 32 letters and digits, unguessable
 * @throws Problem secretsBroken when the file is not what we wrote
 */
export const keepSecrets = (path: string, newSecret: () => string): Secrets => {
  if (!existsSync(path)) {
    const made: Secrets = {
      jwtSecret: newSecret(),
      databasePassword: newSecret(),
      tossSecretKey: `test_sk_${newSecret()}`,
      solapiApiKey: newSecret().slice(0, 16),
      solapiApiSecret: newSecret(),
    }
    // Renamed into place, so that a crash leaves no half of it: the database would not open with another password.
    writeFileSync(`${path}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new Problem('secretsBroken', { path }, { cause })
  }
}
