import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node'
import type { Trace } from '../tracing.ts'

/** W3C's name for the span that something belongs to. The server hands it on: from a schedule to what falls due, and to what is republished. */
export const TRACEPARENT = 'traceparent'

const BEGINNING = 'NATS/1.0'

/**
 * What the server writes above a stored message. The headers stand right before the data, in the same memory; the client's own class takes them
 * apart letter by letter, 4 µs for each message, this takes 0.5. Where they are not found there, it must do.
 */
export const headersOf = (message: Msg): string => {
  const bytes = headerBytes(message)
  const { buffer, byteOffset } = message.data
  const raw = bytes > 0 && bytes <= byteOffset ? Buffer.from(buffer, byteOffset - bytes, bytes).toString('latin1') : ''
  return raw.startsWith(BEGINNING) && raw.endsWith('\r\n\r\n') ? raw : String(message.headers ?? '')
}

/** One of them. @param name as the server writes it, capitals and all */
export const headerIn = (
  headers: string,
  name: 'Nats-Sequence' | 'Nats-Subject' | 'Nats-Time-Stamp' | typeof TRACEPARENT,
): string | undefined => {
  const at = headers.indexOf(`\r\n${name}: `)
  if (at < 0) return undefined
  const from = at + name.length + 4
  return headers.slice(from, headers.indexOf('\r\n', from))
}

export const tracedBy = (trace: Trace): MsgHdrs => {
  const said = headers()
  said.set(TRACEPARENT, trace)
  return said
}

/** The span that a message belongs to; nothing for most. */
export const traceIn = (headers: string): { readonly trace?: Trace } => {
  const trace = headerIn(headers, TRACEPARENT)
  return trace === undefined ? {} : { trace }
}

/** The client counts all of a message: subject, reply, headers and data. Its type does not say so; without it there is nothing to go by. */
const headerBytes = (message: Msg & { size?(): number }): number => {
  const { subject, reply, data } = message
  return (message.size?.() ?? 0) - subject.length - (reply?.length ?? 0) - data.length
}
