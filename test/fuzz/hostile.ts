import fc from 'fast-check'

/** Texts that mean something to NATS, to SQL, to JavaScript, to a terminal or to a reader of UTF-16. */
const SPEAKING = [
  '*',
  '>',
  '.',
  '..',
  'a.b',
  'evt.order.>',
  '$JS.API.STREAM.DELETE.ORDERS',
  '$KV.messages.>',
  '_INBOX.>',
  ' ',
  'a b',
  '\r\nNats-Expected-Last-Sequence: 0',
  '\u0000',
  '\u202e',
  '\ud800',
  '﷽',
  '👩‍👩‍👧‍👦',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "'; drop table order_view; --",
  '%00',
  '%2e%2e%2f',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '-0',
  '1e999',
  'NaN',
  'null',
  '',
] as const

export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...SPEAKING) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(65), 'x'.repeat(10_000), '가'.repeat(2_000)) },
)

const hostileNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 0.1, 1e308, -1e308, Number.MAX_SAFE_INTEGER + 2, 2 ** 31, 2 ** 53),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

const deep = (levels: number): unknown => {
  let value: unknown = {}
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** JSON as it should not be: anything under any name, prototypes, depths, giants. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 3, arbitrary: hostileText },
  { weight: 2, arbitrary: hostileNumber },
  { weight: 1, arbitrary: fc.constantFrom(null, true, [], {}, [[[]]], deep(200), Array(500).fill(0)) },
  {
    weight: 1,
    arbitrary: fc.constant(JSON.parse('{"__proto__":{"role":"ops","isAdmin":true},"constructor":{"prototype":{"role":"ops"}}}') as unknown),
  },
)

/** A thing as it should be, but for one of its fields, which may lie deep. */
export const spoiled = (whole: object): fc.Arbitrary<unknown> =>
  fc.tuple(fc.nat(), hostileJson, fc.boolean()).map(([at, value, removes]) => {
    const copy = structuredClone(whole) as Record<string, unknown>
    const places = placesIn(copy)
    const place = places[at % Math.max(1, places.length)]
    if (!place) return value
    if (removes) delete place.of[place.name]
    else place.of[place.name] = value
    return copy
  })

interface Place {
  readonly of: Record<string, unknown>
  readonly name: string
}

const placesIn = (value: unknown): Place[] => {
  if (typeof value !== 'object' || value === null) return []
  const of = value as Record<string, unknown>
  return Object.keys(of).flatMap(name => [{ of, name }, ...placesIn(of[name])])
}
