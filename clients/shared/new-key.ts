/**
 * A name for one intention: a random UUID (RFC 9562, version 4). Made of chance itself, which is there everywhere; `crypto.randomUUID` is not on a
 * page that came by plain HTTP from another machine, such as a tablet's in the kitchen's own network.
 */
export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const marked = [...bytes].map((byte, i) => (i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte))
  const hex = marked.map(byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
