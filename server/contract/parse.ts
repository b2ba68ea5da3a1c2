import type { z } from 'zod'
import { ApiError } from './errors.ts'

/** One wrong value: where it is, and what it must be. Never the value itself, which may be a secret. */
export interface Issue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/**
 * Checks what came from outside.
 * @throws ApiError INVALID with `details.issues`, 20 at most
 */
export const parse = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, 20).map((issue): Issue => ({ path: issue.path.map(pathStep), message: issue.message }))
  throw new ApiError('INVALID', { details: { issues } })
}

const pathStep = (step: PropertyKey): string | number => (typeof step === 'symbol' ? String(step) : step)
