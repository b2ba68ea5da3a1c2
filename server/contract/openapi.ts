import { z } from 'zod'
import { type Code, ERRORS } from './error-table.ts'
import { errorView } from './error-view.ts'
import { type Json, schemaOf } from './json-schema.ts'
import { OPERATIONS, type Operation } from './operations.ts'
import { VERSION } from './version.ts'

/** Every call may answer these; those that need a token, the next ones too. */
const SHARED: readonly Code[] = [
  'BAD_JSON',
  'BAD_REQUEST',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'INTERNAL',
  'TOO_MANY_REQUESTS',
  'OVERLOADED',
  'MACHINE_FAILED',
  'UNKNOWN_VERSION',
  'UNAVAILABLE',
  'NO_HOST',
  'LOG_UNAVAILABLE',
  'MAILBOX_FULL',
  'HOST_FULL',
  'DRAINING',
]
const SIGNED_IN: readonly Code[] = ['UNAUTHENTICATED', 'TOKEN_EXPIRED']

let document: Json | undefined

/** The OpenAPI 3.1 description, made of the very schemas that check what comes in. Made once, when first asked for. */
export const openapi = (): Json => {
  document ??= {
    openapi: '3.1.0',
    info: {
      title: 'Baedal',
      version: VERSION,
      description: 'A realtime food-delivery server. Times are ISO 8601 UTC, money is whole KRW, coordinates are WGS 84 degrees.',
    },
    paths: pathsOf(OPERATIONS),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Error: schemaOf(z.object({ error: errorView }), 'output') },
    },
  }
  return document
}

const pathsOf = (operations: readonly Operation[]): Json =>
  Object.fromEntries(
    [...Map.groupBy(operations, ({ path }) => path)].map(([path, same]) => [
      path,
      Object.fromEntries(same.map(operation => [operation.method, describe(operation)])),
    ]),
  )

const describe = (operation: Operation): Json => {
  const { summary, by, body, status, reply, type, mayWait, mayBeUnchanged } = operation
  const answer = { description: summary, content: json(schemaOf(reply, 'output'), type) }
  return {
    summary,
    ...(by === undefined ? {} : { description: `By ${by}.`, security: [{ bearer: [] }] }),
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: {
      [status]: answer,
      ...(mayWait ? { 202: { ...answer, description: 'Taken; it waits for its turn, or at version 0 for a host.' } } : {}),
      ...(mayBeUnchanged ? { 304: { description: 'It is still at the version that If-None-Match names.' } } : {}),
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
      { description: same.join(', '), content: json({ allOf: [{ $ref: '#/components/schemas/Error' }, oneOf(same)] }) },
    ]),
  )
}

/** Of all codes only these come with the status. */
const oneOf = (codes: readonly Code[]): Json => ({ properties: { error: { properties: { code: { enum: codes } } } } })

const json = (schema: Json, type = 'application/json'): Json => ({ [type]: { schema } })
