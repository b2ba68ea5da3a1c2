import { z } from 'zod'
import { errorView } from './error-view.ts'
import { type Json, schemaOf } from './json-schema.ts'
import { PUSHES } from './pushes.ts'
import { REQUESTS } from './requests.ts'
import { VERSION } from './version.ts'

let document: Json | undefined

/** The AsyncAPI 3 description of the sockets, made of the schemas that check what comes in and type what goes out. Made once. */
export const asyncapi = (): Json => {
  document ??= {
    asyncapi: '3.0.0',
    info: {
      title: 'Baedal, over Socket.IO',
      version: VERSION,
      description:
        'What the server tells by itself, and what may be asked over a socket instead of REST. Each event is a Socket.IO event of the namespace `/`, its payload the first argument. ' +
        'Times are ISO 8601 UTC, money is whole KRW, coordinates are WGS 84 degrees.',
    },
    defaultContentType: 'application/json',
    servers: {
      gateway: {
        host: 'localhost:8080',
        pathname: '/socket.io',
        protocol: 'ws',
        description: 'Socket.IO 4, transport websocket only. 64 KB a message; 32 requests of one socket may be in hand at once.',
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
    },
    channels: {
      socket: {
        address: '/',
        title: 'The one socket of an account',
        description:
          'Connect with `auth: { token, locale? }`: the token of `POST /api/sessions`, and `ko` or `en` for the language of errors. A token that is not taken is a `connect_error` whose `data` is the error. ' +
          'Every connection begins with `sync`. A closed connection is to be opened again by the client; what happened meanwhile is in the next `sync`.',
        servers: [{ $ref: '#/servers/gateway' }],
        messages: { ...told(), ...asked(), connectError },
        bindings: { ws: { method: 'GET', query: HANDSHAKE, bindingVersion: '0.1.0' } },
      },
    },
    operations: { ...tellings(), ...askings(), refuseConnection },
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'As `auth.token` of the Socket.IO handshake, not as a header.',
        },
      },
    },
  }
  return document
}

/** What the transport wants in its URL; every client of Socket.IO 4 says so by itself. */
const HANDSHAKE: Json = {
  type: 'object',
  required: ['EIO', 'transport'],
  properties: { EIO: { type: 'string', const: '4' }, transport: { type: 'string', const: 'websocket' } },
}

/** A name that stands in a reference: `delivery:gone` is `deliveryGone`. */
export const idOf = (event: string): string => event.replace(/:(\w)/g, (_all, letter: string) => letter.toUpperCase())
const titled = (verb: string, event: string): string => verb + idOf(event).replace(/^\w/, letter => letter.toUpperCase())
const message = (id: string): Json => ({ $ref: `#/channels/socket/messages/${id}` })
const CHANNEL: Json = { $ref: '#/channels/socket' }

const told = (): Json =>
  Object.fromEntries(
    Object.entries(PUSHES).map(([name, { summary, payload }]) => [idOf(name), { name, summary, payload: schemaOf(payload, 'output') }]),
  )

const tellings = (): Json =>
  Object.fromEntries(
    Object.entries(PUSHES).map(([name, { to, summary }]) => [
      titled('tell', name),
      { action: 'send', channel: CHANNEL, title: name, summary, description: `To ${to}.`, messages: [message(idOf(name))] },
    ]),
  )

const asked = (): Json =>
  Object.fromEntries(
    Object.entries(REQUESTS).flatMap(([name, { summary, body, ack }]) => [
      [name, { name, summary, payload: schemaOf(body, 'input') }],
      [`${name}Ack`, { name: `${name} ack`, summary: `The answer to ${name}.`, payload: schemaOf(ack, 'output') }],
    ]),
  )

const askings = (): Json =>
  Object.fromEntries(
    Object.entries(REQUESTS).map(([name, { by, summary }]) => [
      titled('take', name),
      {
        action: 'receive',
        channel: CHANNEL,
        title: name,
        summary,
        description: `By ${by}.`,
        messages: [message(name)],
        reply: { channel: CHANNEL, messages: [message(`${name}Ack`)] },
      },
    ]),
  )

const connectError: Json = {
  name: 'connect_error',
  summary: 'The connection was refused; `data` says why.',
  payload: schemaOf(z.object({ message: z.string(), data: errorView }), 'output'),
}
const refuseConnection: Json = {
  action: 'send',
  channel: CHANNEL,
  title: 'connect_error',
  summary: 'The token is not taken.',
  description: 'To whoever connects with a token that is none, or old.',
  messages: [message('connectError')],
}
