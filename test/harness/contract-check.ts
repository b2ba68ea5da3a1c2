import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { asyncapi, idOf } from '../../server/contract/asyncapi.ts'
import type { Json } from '../../server/contract/json-schema.ts'
import { openapi } from '../../server/contract/openapi.ts'

/** An answer over HTTP, as it came. */
export interface Said {
  readonly method: string
  /** Without its query: `/api/orders/o_81`. */
  readonly path: string
  readonly status: number
  /** The media type, `application/json; charset=utf-8`; null when there is none. */
  readonly type: string | null
  readonly text: string
}

// The documents are their own schemas' homes, and OpenAPI's other words are none of JSON Schema's.
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema(openapi(), 'openapi')
ajv.addSchema(asyncapi(), 'asyncapi')

/** Where a schema stands in a document. */
const pointer = (document: string, ...keys: readonly string[]): string =>
  `${document}#/${keys.map(key => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

const schemaAt = (place: string): ValidateFunction => {
  const found = ajv.getSchema(place)
  if (!found) throw new Error(`no schema at ${place}`)
  return found
}

const against = (place: string, value: unknown): string | undefined => {
  const validate = schemaAt(place)
  if (validate(value)) return undefined
  return `${ajv.errorsText(validate.errors, { dataVar: '' })}: ${String(JSON.stringify(value)).slice(0, 300)}`
}

const paths = openapi().paths as Readonly<Record<string, Json>>
/** As the door reads them, in any case and with a slash at the end or none. Those with the fewest variables first: `/api/stores/me` is not the store `me`. */
const PATTERNS = Object.keys(paths)
  .map(path => ({ path, pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i') }))
  .sort((a, b) => a.path.split('{').length - b.path.split('{').length)

const OURS = /^\/(api|webhooks)\//
/** What a path or a method that nobody knows may be answered with. */
const CALL_UNKNOWN = [400, 404, 405, 413, 415]
/** Node itself answers these, with nothing: a request that is too slow, headers that are too long. */
const NODE_ALONE = [408, 431]

/** What is wrong with an answer; undefined: nothing, by the document of REST. Health is not in it, nor what stand-ins say. */
export const breachOfAnswer = ({ method, path, status, type, text }: Said): string | undefined => {
  if (!OURS.test(path) || (NODE_ALONE.includes(status) && text === '')) return undefined
  const where = `${method} ${path} ${status}`
  const known = PATTERNS.find(({ pattern }) => pattern.test(path))?.path
  const responses = known && (paths[known]?.[method.toLowerCase()] as { readonly responses: Json } | undefined)?.responses
  if (!known || !responses) {
    if (!CALL_UNKNOWN.includes(status)) return `${where}: no such call is documented`
    return named(where, against(pointer('openapi', 'components', 'schemas', 'Error'), parsed(text)))
  }
  const response = responses[status] as { readonly content?: Json } | undefined
  if (!response) return `${where}: this status is not documented: ${text.slice(0, 300)}`
  const media = Object.keys(response.content ?? {})[0]
  if (media === undefined) return text === '' ? undefined : `${where}: there is a body: ${text.slice(0, 300)}`
  if (type?.split(';')[0] !== media) return `${where}: it is ${type}, not ${media}`
  const place = pointer('openapi', 'paths', known, method.toLowerCase(), 'responses', String(status), 'content', media, 'schema')
  return named(where, against(place, media === 'application/json' ? parsed(text) : text))
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
const named = (where: string, breach: string | undefined): string | undefined => breach && `${where}:${breach}`

const messages = ((asyncapi().channels as Json).socket as { readonly messages: Json }).messages

const breachOf = (id: string, payload: unknown): string | undefined =>
  messages[id] === undefined
    ? `${id}: no such message is documented`
    : named(id, against(pointer('asyncapi', 'channels', 'socket', 'messages', id, 'payload'), payload))

/** What is wrong with something that a socket was told, or with the error of a refused connection. */
export const breachOfPush = (name: string, payload: unknown): string | undefined =>
  breachOf(name === 'connect_error' ? 'connectError' : idOf(name), payload)
/** What is wrong with the answer to a request. */
export const breachOfAck = (name: string, ack: unknown): string | undefined => breachOf(`${name}Ack`, ack)
