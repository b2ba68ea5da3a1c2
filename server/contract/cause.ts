import { z } from 'zod'

/**
 * Why a record was written. `request`: somebody asked. `effect`: work that `version` asked for came to its end; `name` is the work.
 * `timer`: a limit that `version` set has passed. `tell`: another actor, `name`, told it, in its own `version`.
 */
export const causeView = z.object({
  kind: z.enum(['request', 'effect', 'timer', 'tell']),
  version: z.number().int().optional(),
  name: z.string().optional(),
})
export type Cause = Readonly<z.output<typeof causeView>>

/** `fx:order/o_81:3-0`, `due:order/o_81:2-1`, `tell:order/o_81:9-2`: what the runtime itself sends says what it answers. */
const OF_THE_RUNTIME = /^(fx|due|tell):([^:]+):(\d+)-\d+$/

/** @param event the event's name as people read it, `confirmPayment.done` */
export const causeOf = (commandId: string, event: string): Cause => {
  const [, sort, address = '', version] = OF_THE_RUNTIME.exec(commandId) ?? []
  switch (sort) {
    case 'fx':
      return { kind: 'effect', version: Number(version), name: event.replace(/\.(done|error)$/, '') }
    case 'due':
      return { kind: 'timer', version: Number(version), name: event.replace(/\.elapsed$/, '') }
    case 'tell':
      return { kind: 'tell', version: Number(version), name: address }
    default:
      return { kind: 'request' }
  }
}
