import { z } from 'zod'
import { errorView } from './error-view.ts'
import type { ErrorBody } from './errors.ts'
import { idField } from './fields.ts'
import { COMMAND_BODIES, COMMAND_NAMES, type CommandName, socketCommand } from './order-commands.ts'
import { orderViewSchema } from './order-view-schema.ts'
import { locationBody, onlineBody } from './riders.ts'
import type { Told } from './told.ts'

const requestId = idField
  .optional()
  .describe('Names the request in the server’s logs and in the order’s timeline; absent, the server makes a name.')

/** `seen` of the socket. */
export const seenBody = z.object({ orderId: idField })

/** As a client may write it; the fields of the command's own body stand beside these. */
const command = socketCommand.extend({ requestId })
export type SocketCommand = Told<z.input<typeof command>>

/** The same for readers, command by command. `place` names no order and needs a key. */
const commandOf = (name: CommandName) => {
  const { idempotencyKey, expectedVersion } = socketCommand.shape
  const ids = name === 'place' ? { idempotencyKey: idempotencyKey.unwrap() } : { orderId: idField, idempotencyKey, expectedVersion }
  return z.object({ name: z.literal(name), ...ids, requestId, ...COMMAND_BODIES[name].shape })
}

/** A refusal is an answer, not an exception. `requestId`: the one that was sent along, or else one that the server made. */
export type Ack<Answer> = { readonly requestId?: string } & (
  | ({ readonly ok: true } & Answer)
  | { readonly ok: false; readonly error: ErrorBody }
)

const named = { requestId: z.string().optional() }
const ackOf = (answer: z.ZodRawShape) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), ...named, ...answer }),
    z.object({ ok: z.literal(false), ...named, error: errorView }),
  ])

const ANSWERS = {
  command: z.object({ order: orderViewSchema }),
  seen: z.object({}),
  location: z.object({ accepted: z.boolean().describe('Not when it is older than what is known.') }),
  online: onlineBody,
} as const

interface RequestEvent {
  readonly by: string
  readonly summary: string
  readonly body: z.ZodType
  readonly ack: z.ZodType
}

/** Everything that a client may ask over its socket, by its name. Every request is acked. */
export const REQUESTS = {
  command: {
    by: 'whoever may call the same over REST',
    summary: 'Sends an order a command: every one that REST has, with the same rules.',
    body: z.union(COMMAND_NAMES.map(commandOf)),
    ack: ackOf(ANSWERS.command.shape),
  },
  seen: {
    by: 'a store',
    summary: 'A human has looked at the new order: its alert stops.',
    body: seenBody.extend({ requestId }),
    ack: ackOf(ANSWERS.seen.shape),
  },
  location: {
    by: 'a rider',
    summary: 'Where the rider is. The ack may be left out.',
    body: locationBody.extend({ requestId }),
    ack: ackOf(ANSWERS.location.shape),
  },
  online: { by: 'a rider', summary: 'Begins or ends the day.', body: onlineBody.extend({ requestId }), ack: ackOf(ANSWERS.online.shape) },
} as const satisfies Readonly<Record<string, RequestEvent>>

export type RequestName = keyof typeof REQUESTS
/** What a yes to each request brings. */
export type Answers = { readonly [Name in RequestName]: Told<z.output<(typeof ANSWERS)[Name]>> }
/** What a client sends. */
export type Asked = { readonly command: SocketCommand } & {
  readonly [Name in Exclude<RequestName, 'command'>]: Told<z.input<(typeof REQUESTS)[Name]['body']>>
}
