import type { NativePool } from './native-pool.ts'

type Asking = Pick<NativePool, 'query'>

/** No stream is written beyond where its log ends now: the projector would pass over whatever comes next. */
export const stepBack = async (asking: Asking, ends: ReadonlyMap<string, number>): Promise<void> => {
  for (const [stream, end] of ends)
    await asking.query(
      'insert into position (stream, seq) values ($1, $2) on conflict (stream) do update set seq = least(position.seq, excluded.seq)',
      [stream, end],
    )
}

/** What came between is archived: the projector goes on behind it, unless it has moved meanwhile. */
export const settleAt = async (asking: Asking, from: ReadonlyMap<string, number>, to: ReadonlyMap<string, number>): Promise<void> => {
  for (const [stream, seq] of to)
    await asking.query('update position set seq = $2 where stream = $1 and seq = $3', [stream, seq, from.get(stream) ?? 0])
}
