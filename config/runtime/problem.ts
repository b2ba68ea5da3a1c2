import { type Facts, say, type TextKey } from './texts.ts'

/** Why the house cannot start or go on, in a way that tells the person what to do. The message is English; the key knows Korean. */
export class Problem extends Error {
  readonly key: TextKey
  readonly facts: Facts

  constructor(key: TextKey, facts: Facts = {}, options?: ErrorOptions) {
    super(say('en', key, facts), options)
    this.name = 'Problem'
    this.key = key
    this.facts = facts
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'code' in error

/** Makes whatever was thrown a Problem. @param path what was being worked on, for errors that do not name a path */
export const problemOf = (error: unknown, path: string): Problem => {
  if (error instanceof Problem) return error
  if (isSystemError(error)) {
    const facts = { path: error.path ?? path }
    if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return new Problem('diskFull', facts, { cause: error })
    if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS')
      return new Problem('noPermission', facts, { cause: error })
    if (error.code === 'ENOTDIR' || error.code === 'EEXIST') return new Problem('notADirectory', facts, { cause: error })
  }
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  return new Problem('unexpected', { reason }, { cause: error })
}
