/** In JSON text: a NUL, or one half of a surrogate pair. Two halves together are written as the character itself. */
const SUSPECT = /\\u(?:0000|d[89a-f])/i

/**
 * JSON that PostgreSQL takes. Its text holds every character but NUL and knows no lone surrogate; JavaScript's strings, and
 * so a customer's note, may have both. They become U+FFFD, as in any decoder.
 */
export const storableJson = (value: unknown): string => {
  const json = JSON.stringify(value)
  if (!SUSPECT.test(json)) return json
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? inner.replaceAll('\0', '\uFFFD').toWellFormed() : inner,
  )
}
