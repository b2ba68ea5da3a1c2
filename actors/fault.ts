import { formatAddress } from './address.ts'
import type { Command, Reply } from './envelope.ts'
import { traceId } from './tracing.ts'
import { correlation } from './waits.ts'

/** What operators have to hear of, for nobody else can mend it: a bug in a machine, a migration that is missing, an effect nobody handles. */
export interface Fault {
  readonly address: string
  /** `ACTOR_ENDED`: an effect failed, the machine had no `onError` for it, and the actor is over. */
  readonly code: 'MACHINE_FAILED' | 'UNKNOWN_VERSION' | 'ACTOR_ENDED'
  readonly message: string
  readonly event: string
  readonly commandId: string
  readonly correlationId?: string
  readonly traceId?: string
}

/** The fault that an answer tells of, if any. A newer record met by an older host is none: that is what a roll-out looks like. */
export const faultOf = (command: Command, reply: Reply): Fault | undefined => {
  const of = (code: Fault['code'], message: string): Fault => ({
    address: formatAddress(command.address),
    code,
    message,
    event: command.event.type,
    commandId: command.commandId,
    ...correlation(command),
    ...traceId(command),
  })
  if (reply.kind === 'failed' && !reply.retry && (reply.code === 'MACHINE_FAILED' || reply.code === 'UNKNOWN_VERSION'))
    return of(reply.code, reply.message ?? '')
  if (reply.kind === 'moved' && reply.state.status === 'error') return of('ACTOR_ENDED', JSON.stringify(reply.state.error ?? null))
  return undefined
}
