import type { MikroORM } from '@mikro-orm/postgresql'
import { nativePool } from './native-pool.ts'

/** Connections of one process. */
export interface PoolFigures {
  readonly used: number
  readonly idle: number
  /** Queries that wait for one. */
  readonly waiting: number
  /** How many there may be. */
  readonly most: number
}

/** Asks nobody: it is the driver's own count. */
export const poolFigures = async (orm: MikroORM): Promise<PoolFigures> => {
  const { totalCount, idleCount, waitingCount, options } = await nativePool(orm)
  return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount, most: options.max ?? 0 }
}
