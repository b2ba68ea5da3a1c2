import { z } from 'zod'

export type Json = Readonly<Record<string, unknown>>

/**
 * A zod schema as the documents write it, JSON Schema 2020-12. `input`: what is taken, unknown fields and all. `output`: what is
 * answered or told, and nothing else is in it.
 */
export const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, '~standard': _standard, ...rest } = z.toJSONSchema(schema, { io }) as Json
  return rest
}
