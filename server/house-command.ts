/** A line on standard output. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** How this command ends when it is not done: one line on standard error, which names it. */
export const failing =
  (command: string) =>
  (line: string, code: 1 | 2): never => {
    process.stderr.write(`${command}: ${line}\n`)
    process.exit(code)
  }

/**
 * Aborted by the first Ctrl-C or SIGTERM.
 * @param reason what the command ends with then
 * @param told said at once, where stopping takes a while
 */
export const untilStopped = (reason: string, told?: string): AbortSignal => {
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (stopping.signal.aborted) return
      if (told !== undefined) say(told)
      stopping.abort(new Error(reason))
    })
  return stopping.signal
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
