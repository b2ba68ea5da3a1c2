import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

export const MANIFEST = 'manifest.json'
/** Raised when an older release could not read it. */
export const FORMAT = 1

/** Below the backup's own directory, whatever somebody has written into the manifest. */
const path = z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/)
const word = z.string().regex(/^[\w-]+$/)
const count = z.number().int().min(0)
const file = z.strictObject({ path, bytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) })
export type FileEntry = Readonly<z.infer<typeof file>>

const schema = z.strictObject({
  format: z.literal(FORMAT),
  /** When its copying began, which is what of PostgreSQL it holds. */
  takenAt: z.iso.datetime(),
  release: z.string(),
  /** Of each kind of actor, as it was written: `order@1`. */
  machines: z.array(z.string().regex(/^\w+@\d+$/)),
  postgres: z.strictObject({
    version: z.string(),
    migrations: z.array(z.string()),
    /** Of which the archive has a partition. */
    archiveDays: z.array(z.iso.date()),
    /** How far each stream was written into the tables. */
    positions: z.record(word, count),
    tables: z.array(z.strictObject({ name: word, columns: z.array(word), rows: count, file })),
  }),
  nats: z.strictObject({
    version: z.string(),
    streams: z.array(
      z.strictObject({ name: word, messages: count, firstSeq: count, lastSeq: count, consumers: count, facts: file, data: file }),
    ),
  }),
})
/** What a backup holds, written last: a directory without one is no backup. */
export type Manifest = Readonly<z.infer<typeof schema>>

export const filesOf = ({ postgres, nats }: Manifest): readonly FileEntry[] => [
  ...postgres.tables.map(table => table.file),
  ...nats.streams.flatMap(({ facts, data }) => [facts, data]),
]

/** @throws Error in one line when there is none, or none of ours */
export const readManifest = async (dir: string): Promise<Manifest> => {
  const read = await readFile(join(dir, MANIFEST), 'utf8').catch(() => undefined)
  if (read === undefined) throw new Error(`${dir} holds no backup: it has no ${MANIFEST}`)
  const whole = schema.safeParse(jsonOf(read))
  if (whole.success) return whole.data
  const [issue] = whole.error.issues
  throw new Error(`${join(dir, MANIFEST)} is not what this release writes: ${issue?.path.join('.')}: ${issue?.message}`)
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
