import { startProjector } from '../consumers/projector.ts'
import { openOrm } from '../db/orm.ts'
import { OrderWriter } from '../db/write-orders.ts'
import { openHealth, openNats, type RoleParts, type Running, runningOf } from './role.ts'

/** One connection writes, one holds the turn, one is to spare. */
const CONNECTIONS = 3

export const runProjector = async (parts: RoleParts): Promise<Running> => {
  const { config, logger, clock } = parts
  const nats = await openNats(parts, 'projector')
  const orm = await openOrm({ databaseUrl: config.DATABASE_URL, poolMax: CONNECTIONS, logger })
  const projector = await startProjector({ log: nats.log, write: new OrderWriter(orm), now: () => clock.now(), logger })
  const health = await openHealth(parts, () => nats.connected && ['acting', 'standby'].includes(projector.position().phase))
  return runningOf(projector, { stop: () => orm.close() }, { stop: () => nats.close() }, health)
}
