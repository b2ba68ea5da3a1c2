import { type Registry, register } from 'prom-client'
import type { PoolFigures } from '../db/pool-figures.ts'
import { gauge, only } from './figure.ts'

/** This process's connections to PostgreSQL. */
export const measurePool = (pool: () => Promise<PoolFigures>, registry: Registry = register): void => {
  gauge({
    registry,
    name: 'postgres_pool_connections',
    help: 'Connections to PostgreSQL that this process holds',
    labels: ['state'],
    look: async () => {
      const { used, idle } = await pool()
      return [
        [{ state: 'used' }, used],
        [{ state: 'idle' }, idle],
      ] as const
    },
  })
  const each = (name: string, help: string, of: keyof PoolFigures): void =>
    gauge({ registry, name, help, look: async () => only((await pool())[of]) })
  each('postgres_pool_limit', 'Connections that it may hold', 'most')
  each('postgres_pool_waiting', 'Queries that wait for a connection', 'waiting')
}
