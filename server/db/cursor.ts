import { TOKEN } from '../../actors/address.ts'

/** Where a page ended: the next one begins below this order. */
export interface Cursor {
  readonly placedAt: Date
  readonly id: string
}

export const encodeCursor = ({ placedAt, id }: Cursor): string => Buffer.from(`${placedAt.toISOString()} ${id}`).toString('base64url')

/** undefined: not one of ours. Clients hand cursors back as they got them, so anything else is refused, never guessed. */
export const decodeCursor = (text: string): Cursor | undefined => {
  const [at = '', id = ''] = Buffer.from(text, 'base64url').toString().split(' ')
  const placedAt = new Date(at)
  if (Number.isNaN(placedAt.getTime()) || !TOKEN.test(id)) return undefined
  const cursor = { placedAt, id }
  return encodeCursor(cursor) === text ? cursor : undefined
}
