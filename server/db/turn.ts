import { setTimeout as pause } from 'node:timers/promises'
import type { MikroORM } from '@mikro-orm/postgresql'
import { nativePool } from './native-pool.ts'

/** How often one who waits asks again: a projector that is killed is replaced within this time. */
const ASK_AGAIN_MS = 500

/** The right to be the only one, held as long as one connection of its own lives. */
export interface Turn {
  /** Fires when the connection breaks: somebody else may have the turn now. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

/**
 * Waits for the turn named so; `onWait` is called each time it is found taken. It only saves work: whoever writes must guard
 * his writes himself, because a turn may be lost before its holder knows.
 * @throws when PostgreSQL is away, or `signal` fires
 */
export const takeTurn = async (orm: MikroORM, name: string, signal?: AbortSignal, onWait?: () => void): Promise<Turn> => {
  const session = await (await nativePool(orm)).connect()
  const lost = new AbortController()
  session.once('end', () => lost.abort())
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { rows } = await session.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as mine', [name])
      if (rows[0]?.mine === true) break
      onWait?.()
      await pause(ASK_AGAIN_MS, undefined, signal && { signal })
    }
  } catch (error) {
    session.release(true)
    throw error
  }
  return {
    lost: lost.signal,
    async release() {
      // With the connection goes the lock, whatever becomes of this question; asking makes it now.
      await session.query('select pg_advisory_unlock_all()', []).catch(() => undefined)
      session.release(true)
    },
  }
}
