import type { Reply } from '../../actors/envelope.ts'
import { orderRegions } from '../../actors/kinds/order.ts'
import type { Code } from '../contract/error-table.ts'
import { ApiError, isCode } from '../contract/errors.ts'

export type Moved = Extract<Reply, { kind: 'moved' }>

/** An actor's answer that is not `moved`, as an error. `absent` names what is missing when there is no such actor. */
export const refusal = (reply: Exclude<Reply, { kind: 'moved' }>, absent: Code): ApiError => {
  const code = isCode(reply.code) ? reply.code : reply.kind === 'failed' ? 'UNAVAILABLE' : 'REFUSED'
  if (reply.kind === 'failed') return new ApiError(code, { cause: reply.message })
  return code === 'NOT_FOUND' ? new ApiError(absent) : new ApiError(code, { details: { version: reply.version } })
}

/** The same for an order: 409s say where it stands. */
export const orderRefusal = (reply: Exclude<Reply, { kind: 'moved' }>): ApiError => {
  const error = refusal(reply, 'ORDER_NOT_FOUND')
  if (reply.kind !== 'refused' || !reply.state) return error
  return new ApiError(error.code, { details: { status: orderRegions(reply.state).order, version: reply.version } })
}
