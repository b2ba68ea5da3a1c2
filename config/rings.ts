import { z } from 'zod'

/** From this age on, in milliseconds, an open delivery is offered within this distance, in metres. */
export interface Ring {
  readonly withinM: number
  readonly afterMs: number
}

/** The board knows no deliveries beyond. */
const FARTHEST_M = 6_000
const LATEST_MS = 86_400_000

const ringsOf = (text: string): Ring[] =>
  text.split(',').map(pair => {
    const [withinM = '', afterMs = ''] = pair.split(':')
    return { withinM: Number(withinM), afterMs: Number(afterMs) }
  })

/** `1000:0,3000:15000`: 1 to 10 pairs `<metres>:<after milliseconds>`, near and soon to far and late; 1…6,000 m, at most a day. */
export const rings = z
  .string()
  .regex(/^\d{1,9}:\d{1,9}(,\d{1,9}:\d{1,9}){0,9}$/, 'must be metres:milliseconds pairs, comma separated')
  .transform(ringsOf)
  .refine(
    row => row.every(({ withinM, afterMs }, i) => withinM > (row[i - 1]?.withinM ?? 0) && afterMs >= (row[i - 1]?.afterMs ?? 0)),
    'must grow in distance and in time',
  )
  .refine(
    row => row.every(({ withinM, afterMs }) => withinM <= FARTHEST_M && afterMs <= LATEST_MS),
    `must stay within ${FARTHEST_M} m and ${LATEST_MS} ms`,
  )
