import { z } from 'zod'
import { idField, textField } from './fields.ts'
import { PROCESS_ROLES } from './process.ts'
import type { Told } from './told.ts'

const levels = {
  process: z.enum(PROCESS_ROLES).optional().describe('All of this sort; absent: all processes.'),
  level: z.enum(['debug', 'info', 'warn', 'error']),
}

/** `ops.log.level`: what processes log from now on, for a while. */
export const logLevelBody = z.object({
  ...levels,
  minutes: z.number().int().min(1).max(1_440).default(15).describe('Then each process goes back to its own setting.'),
  reason: textField(200).describe('Logged with who wanted it.'),
})
export type LogLevelBody = z.output<typeof logLevelBody>

/** What was announced. Whether a process has heard it stands in its log. */
export const logLevelView = z.object({
  ...levels,
  until: z.string().describe('ISO 8601 UTC.'),
  by: z.string().describe('Who wanted it: `ops/mina`.'),
  why: z.string(),
  requestId: idField.optional(),
})
export type LogLevelView = Told<z.output<typeof logLevelView>>
