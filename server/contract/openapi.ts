import { z } from 'zod'
import { type Code, ERRORS } from './error-table.ts'
import { OPERATIONS, type Operation } from './operations.ts'

type Json = Readonly<Record<string, unknown>>

/** Every call may answer these; those that need a token, the next ones too. */
const SHARED: readonly Code[] = [
  'BAD_JSON',
  'BAD_REQUEST',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'INTERNAL',
  'TOO_MANY_REQUESTS',
  'OVERLOADED',
  'UNAVAILABLE',
  'NO_HOST',
  'LOG_UNAVAILABLE',
]
const SIGNED_IN: readonly Code[] = ['UNAUTHENTICATED', 'TOKEN_EXPIRED']

let document: Json | undefined

/** The OpenAPI 3.1 description, made of the very schemas that check what comes in. Made once, when first asked for. */
export const openapi = (): Json => {
  document ??= {
    openapi: '3.1.0',
    info: {
      title: 'Baedal',
      version: '0.1.0',
      description: 'A realtime food-delivery server. Times are ISO 8601 UTC, money is whole KRW, coordinates are WGS 84 degrees.',
    },
    paths: pathsOf(OPERATIONS),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Error: errorSchema },
    },
  }
  return document
}

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string', enum: Object.keys(ERRORS) },
        message: { type: 'string', description: 'In Korean or English, by Accept-Language.' },
        details: { type: 'object' },
      },
    },
  },
}

const pathsOf = (operations: readonly Operation[]): Json =>
  Object.fromEntries(
    [...Map.groupBy(operations, ({ path }) => path)].map(([path, same]) => [
      path,
      Object.fromEntries(same.map(operation => [operation.method, describe(operation)])),
    ]),
  )

const describe = (operation: Operation): Json => {
  const { summary, by, body, status, reply, mayWait } = operation
  const answer = { description: summary, content: json(schemaOf(reply, 'output')) }
  return {
    summary,
    ...(by === undefined ? {} : { description: `By ${by}.`, security: [{ bearer: [] }] }),
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: {
      [status]: answer,
      ...(mayWait ? { 202: { ...answer, description: 'Taken; it waits for its turn, or at version 0 for a host.' } } : {}),
      ...errorsOf([...operation.errors, ...(by === undefined ? [] : SIGNED_IN), ...SHARED]),
    },
  }
}

const parametersOf = ({ path, query, headers = {} }: Operation): Json[] => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  // The numbers of a query arrive as text: what they must be is in what the check makes of them.
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, field]) => ({
    name,
    in: 'query',
    required: !z.safeParse(field, undefined).success,
    schema: schemaOf(field as z.ZodType, 'output'),
  }))
  const inHeader = Object.entries(headers).map(([name, { required, text }]) => ({
    name,
    in: 'header',
    required,
    description: text,
    schema: { type: 'string' },
  }))
  return [...inPath, ...inQuery, ...inHeader]
}

const errorsOf = (codes: readonly Code[]): Json => {
  const byStatus = Map.groupBy(new Set(codes), code => ERRORS[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      { description: same.join(', '), content: json({ $ref: '#/components/schemas/Error' }) },
    ]),
  )
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, '~standard': _standard, ...rest } = z.toJSONSchema(schema, { io }) as Json
  return rest
}

const json = (schema: Json): Json => ({ 'application/json': { schema } })
