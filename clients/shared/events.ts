import type { Pushes } from '../../server/contract/pushes.ts'
import type { Ack, Answers, Asked, RequestName } from '../../server/contract/requests.ts'

/** What the server says. */
export type ServerEvents = { readonly [Name in keyof Pushes]: (payload: Pushes[Name]) => void }

type Answered<Name extends RequestName> = (ack: Ack<Answers[Name]>) => void

/** What a client asks. */
export interface ClientEvents {
  command: (command: Asked['command'], answered: Answered<'command'>) => void
  seen: (seen: Asked['seen'], answered: Answered<'seen'>) => void
  location: (location: Asked['location'], answered?: Answered<'location'>) => void
  online: (online: Asked['online'], answered: Answered<'online'>) => void
}
