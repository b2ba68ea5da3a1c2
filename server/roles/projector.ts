import { startProjector } from '../consumers/projector.ts'
import { measureProjectors } from '../consumers/projector-metrics.ts'
import { openOrm } from '../db/orm.ts'
import { poolFigures } from '../db/pool-figures.ts'
import { OrderWriter } from '../db/write-orders.ts'
import { EntityWriter } from '../db/write-stores.ts'
import { measurePool } from '../metrics/postgres.ts'
import { giveWay, measure, openHealth, openNats, openService, type RoleParts, type Running, runningOf } from './role.ts'

/** For each stream one connection writes and one holds the turn; one is to spare. */
const CONNECTIONS = 5

/** The read model and the archive, each stream at its own pace. */
export const runProjector = async (parts: RoleParts): Promise<Running> => {
  giveWay()
  const { config, logger, clock } = parts
  const nats = await openNats(parts, 'projector')
  const orm = await openOrm({ databaseUrl: config.DATABASE_URL, poolMax: CONNECTIONS, logger })
  const around = { log: nats.log, now: () => clock.now(), logger }
  const projectors = [
    await startProjector({ ...around, write: new OrderWriter(orm) }),
    await startProjector({ ...around, write: new EntityWriter(orm) }),
  ]
  measureProjectors(projectors)
  measurePool(() => poolFigures(orm))
  const works = () => nats.connected && projectors.every(projector => ['acting', 'standby'].includes(projector.position().phase))
  const service = await openService(parts, nats, 'projector')
  measure(nats, 'projector', works)
  const health = await openHealth(parts, works)
  const stopBoth = { stop: () => Promise.all(projectors.map(projector => projector.stop())) }
  return runningOf(service, stopBoth, { stop: () => orm.close() }, { stop: () => nats.close() }, health)
}
