import type { Backlog } from '../../actors/log.ts'
import type { Verdict } from './verdict.ts'

/** Said by every supervisor twice a second. */
export interface Word {
  readonly host: string
  readonly verdicts: readonly Verdict[]
  /** The payments that wait for a worker, and how many are taken each second. Absent while nobody has counted. */
  readonly room?: Room
}

export interface Room extends Backlog {
  /** Payments that the workers can bring to an end each second, 0 when there are none. */
  readonly perS: number
}

export const WORD = 'breaker.word'
export const WORD_EVERY_MS = 500
/** A worker that hears nothing for so long goes by what it sees itself, until somebody speaks again. */
export const SILENT_MS = 5_000
