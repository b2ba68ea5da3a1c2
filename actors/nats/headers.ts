import type { Msg } from '@nats-io/transport-node'

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
export const headerIn = (headers: string, name: 'Nats-Sequence' | 'Nats-Subject' | 'Nats-Time-Stamp'): string | undefined => {
  const at = headers.indexOf(`\r\n${name}: `)
  if (at < 0) return undefined
  const from = at + name.length + 4
  return headers.slice(from, headers.indexOf('\r\n', from))
}

/** The client counts all of a message: subject, reply, headers and data. Its type does not say so; without it there is nothing to go by. */
const headerBytes = (message: Msg & { size?(): number }): number => {
  const { subject, reply, data } = message
  return (message.size?.() ?? 0) - subject.length - (reply?.length ?? 0) - data.length
}
