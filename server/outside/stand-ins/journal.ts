import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What a stand-in may not forget when it is killed: one line of JSON for each fact. Written synchronously, before the
 * answer leaves, for a provider that has answered remembers. The page cache survives a killed process; no fsync needed here.
 */
export class Journal<T> {
  readonly #file: string | undefined

  /** @param dataDir absent: nothing is kept */
  constructor(dataDir: string | undefined, name: string) {
    if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true })
    this.#file = dataDir === undefined ? undefined : join(dataDir, `${name}.jsonl`)
  }

  append(fact: T): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(fact)}\n`)
  }

  /** Every fact of the former lives, oldest first. */
  load(): T[] {
    if (this.#file === undefined || !existsSync(this.#file)) return []
    const lines = readFileSync(this.#file, 'utf8').split('\n')
    const torn = lines.pop() // empty, unless a kill came in the middle of a line: that answer never left
    if (torn) appendFileSync(this.#file, '\n')
    return lines.flatMap(line => read<T>(line))
  }
}

const read = <T>(line: string): T[] => {
  try {
    return [JSON.parse(line) as T]
  } catch {
    return []
  }
}
