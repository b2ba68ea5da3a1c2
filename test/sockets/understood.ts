import type { ServerEvents } from '../../clients/shared/events.ts'
import type { Pushes } from '../../server/gateway/pushes.ts'

type Spoken = { [Name in keyof Pushes]: (payload: Pushes[Name]) => void }

/** The client has its own words for what the server says. Where they part, this does not compile; it is never called. */
export const understood = (heard: ServerEvents): Spoken => heard
