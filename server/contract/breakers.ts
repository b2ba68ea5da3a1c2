import { z } from 'zod'
import { BREAKER_NAMES } from '../../machines/breaker.ts'
import { textField } from './fields.ts'
import type { Told } from './told.ts'

/** `POST /api/ops/breakers/:name/force`. */
export const forceBody = z.object({ state: z.enum(['open', 'closed']), reason: textField(200) })
export type ForceBody = z.output<typeof forceBody>
/** `POST /api/ops/breakers/:name/release`. */
export const releaseBody = z.object({ reason: textField(200) })

/** As operators see it, and as it is pushed to them. */
export const breakerView = z.object({
  name: z.enum(BREAKER_NAMES),
  state: z.enum(['closed', 'open', 'halfOpen']),
  since: z.string(),
  reason: z.string(),
  forced: z.boolean(),
  /** Share of the usual number of calls that is let in. */
  share: z.number(),
  openUntil: z.string().optional(),
})
export type BreakerView = Told<z.output<typeof breakerView>>

/** `GET /api/ops/breakers/:name/history`. */
export const breakerChangeView = z.object({
  version: z.number().int(),
  state: z.enum(['closed', 'open', 'halfOpen']),
  at: z.string(),
  by: z.string().describe('`ops/ops-1` for an operator, `system/…` for what the fleet saw or a timer that ran out.'),
  reason: z.string(),
  forced: z.boolean(),
  share: z.number().describe('Share of the usual number of calls that is let in from here on.'),
})
export type BreakerChangeView = Told<z.output<typeof breakerChangeView>>
