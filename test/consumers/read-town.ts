import type { Log } from '../../actors/log.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { STREAMS } from '../../config/streams.ts'
import { type Projector, startProjector } from '../../server/consumers/projector.ts'
import { rebuild } from '../../server/consumers/projector-rebuild.ts'
import { OrderWriter } from '../../server/db/write-orders.ts'
import { EntityWriter } from '../../server/db/write-stores.ts'
import { NOON, PAID, story } from '../db/order-story.ts'
import { ReadModel } from '../db/read-model.ts'
import { startNats, type TestNats } from '../harness/nats.ts'
import { silent, until } from './orders-log.ts'

const never = new AbortController().signal

/** Orders of three records each, whose notes PostgreSQL would not take as text. */
export const lives = (from: number, to: number): ActorRecord[] =>
  Array.from({ length: to - from }, (_, i) =>
    story({ id: `o_${from + i}`, atMs: NOON + (from + i) * 1_000, note: `\0 ${i}`, events: [PAID, { type: 'cancel' }] }),
  ).flat()

export const projectorsOf = async (log: Log, { orm }: Pick<ReadModel, 'orm'>): Promise<readonly Projector<unknown>[]> => {
  const around = { log, now: () => NOON, logger: silent }
  return [
    await startProjector({ ...around, write: new OrderWriter(orm) }),
    await startProjector({ ...around, write: new EntityWriter(orm) }),
  ]
}

/** Every row of every table of the read model, as text. */
export const rowsOf = async (model: ReadModel): Promise<Readonly<Record<string, readonly string[]>>> => {
  const tables = ['order_view', 'order_event', 'store_view', 'menu_view', 'menu_item_view']
  const rows = await Promise.all(
    tables.map(table => model.orm.em.fork().execute<{ row: string }[]>(`select t::text as row from ${table} as t order by 1`)),
  )
  return Object.fromEntries(tables.map((table, i) => [table, rows[i]?.map(({ row }) => row) ?? []]))
}

/** A log with real NATS under it, a read model of its own, and the projectors between. */
export class Town implements AsyncDisposable {
  readonly server: TestNats
  readonly nats: Nats
  readonly model: ReadModel
  #projectors: readonly Projector<unknown>[] = []

  private constructor(server: TestNats, nats: Nats, model: ReadModel) {
    this.server = server
    this.nats = nats
    this.model = model
  }

  static async open(): Promise<Town> {
    const server = await startNats()
    const nats = await connectNats({ url: server.url, name: 'test', streams: STREAMS })
    await nats.ensureStreams()
    return new Town(server, nats, await ReadModel.open('rebuild'))
  }

  get log(): Log {
    return this.nats.log
  }

  /** @param orm how its projectors come to the database: as the owner, or as somebody else */
  async project(orm = this.model.orm): Promise<void> {
    this.#projectors = await projectorsOf(this.log, { orm })
    await this.projected()
  }

  async projected(): Promise<void> {
    for (const stream of ['ORDERS', 'ENTITIES'])
      await until(`all of ${stream} is written`, async () => (await this.model.read.position(stream)) === (await this.log.end(stream)))
  }

  async stopProjecting(): Promise<void> {
    await Promise.all(this.#projectors.map(projector => projector.stop()))
    this.#projectors = []
  }

  rebuild(signal = never, tell: (line: string) => void = () => undefined) {
    return rebuild({ databaseUrl: this.model.databaseUrl, log: this.log, now: Date.now, tell, signal })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopProjecting()
    await this.model[Symbol.asyncDispose]()
    await this.nats.close()
    await this.server[Symbol.asyncDispose]()
  }
}
