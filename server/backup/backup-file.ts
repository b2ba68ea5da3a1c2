import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileEntry } from './manifest.ts'

/** One file of a backup while it is written: for its owner's eyes only, for people's addresses and the hashes of passwords are in it. */
export class BackupFile {
  readonly #handle: FileHandle
  readonly #hash: Hash = createHash('sha256')
  #bytes = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  /**
   * Writes what a function writes into it, to the disk; whatever becomes of that, the file is closed.
   * @param path below `dir`, and not there yet
   */
  static async written(dir: string, path: string, write: (file: BackupFile) => Promise<unknown>): Promise<FileEntry> {
    const whole = join(dir, path)
    await mkdir(dirname(whole), { recursive: true, mode: 0o700 })
    const file = new BackupFile(await open(whole, 'wx', 0o600))
    try {
      await write(file)
      await file.#handle.sync()
      return { path, bytes: file.#bytes, sha256: file.#hash.digest('hex') }
    } finally {
      await file.#handle.close()
    }
  }

  async write(chunk: Uint8Array | string): Promise<void> {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    this.#hash.update(bytes)
    this.#bytes += bytes.length
    await this.#handle.writeFile(bytes) // goes on where the last one ended, and writes all of it
  }
}

/** What is wrong with a file of a backup; undefined: it is as it was written. */
export const objectionTo = async (dir: string, { path, bytes, sha256 }: FileEntry, signal?: AbortSignal): Promise<string | undefined> => {
  const hash = createHash('sha256')
  let read = 0
  try {
    for await (const chunk of createReadStream(join(dir, path), signal && { signal })) {
      hash.update(chunk as Buffer)
      read += (chunk as Buffer).length
    }
  } catch (error) {
    signal?.throwIfAborted()
    return `${path} cannot be read: ${error instanceof Error ? error.message : error}`
  }
  if (read !== bytes) return `${path} has ${read} bytes, not ${bytes}`
  return hash.digest('hex') === sha256 ? undefined : `${path} is not what was written: its bytes have changed`
}
