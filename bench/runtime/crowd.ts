import type { Entry, Log } from '../../actors/log.ts'

/** Does something for each item, never more than `width` of them at once. */
export const inParallel = async <T>(items: readonly T[], width: number, each: (item: T) => Promise<void>): Promise<void> => {
  let next = 0
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await each(item)
  }
  await Promise.all(Array.from({ length: width }, worker))
}

/** Puts records straight into the log, past the hosts. @throws Error when the log does not take a batch */
export const writeInBatches = async (log: Log, entries: readonly Entry[]): Promise<void> => {
  for (let from = 0; from < entries.length; from += 1_000) {
    const appended = await log.append(entries.slice(from, from + 1_000))
    if (appended.kind !== 'appended') throw new Error(`the log answered ${JSON.stringify(appended)}`)
  }
}
