import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import type { House } from '../../config/runtime/house.ts'
import { STREAMS } from '../../config/streams.ts'
import { startProjector } from '../../server/consumers/projector.ts'
import { migrate } from '../../server/db/migrate.ts'
import { openOrm } from '../../server/db/orm.ts'
import { OrderReader } from '../../server/db/read-orders.ts'
import { OrderWriter } from '../../server/db/write-orders.ts'

const LOOK_EVERY_MS = 20
/** A read model that has not come so far by then is a failure of the run. */
const GIVE_UP_MS = 120_000

/** Looks at how far the read model is behind the log, from outside, as anybody could. */
export class Reading implements AsyncDisposable {
  readonly #nats: Nats
  readonly #orm: Awaited<ReturnType<typeof openOrm>>
  readonly #reader: OrderReader

  private constructor(nats: Nats, orm: Awaited<ReturnType<typeof openOrm>>) {
    this.#nats = nats
    this.#orm = orm
    this.#reader = new OrderReader(orm)
  }

  static async open({ natsUrl, databaseUrl }: House): Promise<Reading> {
    const nats = await connectNats({ url: natsUrl, name: 'bench reading', streams: STREAMS })
    return new Reading(nats, await openOrm({ databaseUrl, poolMax: 1 }))
  }

  /** Seconds from now until all that the log holds now is in the read model, whatever else goes on meanwhile. @throws Error after 120 s */
  async lagS(): Promise<number> {
    const end = await this.#nats.log.end('ORDERS')
    const startMs = performance.now()
    while ((await this.#reader.position('ORDERS')) < end) {
      if (performance.now() - startMs > GIVE_UP_MS) throw new Error('the read model does not come to the end of the log')
      await pause(LOOK_EVERY_MS)
    }
    return (performance.now() - startMs) / 1_000
  }

  /** Records written by the second when a projector reads the whole log into an empty database, with nothing else going on. */
  async catchUpPerS({ databaseUrl }: House): Promise<number> {
    await this.#orm.em.fork().execute('create database anew')
    const url = databaseUrl.replace(/[^/]*$/, 'anew')
    await migrate(url)
    const orm = await openOrm({ databaseUrl: url, poolMax: 3 })
    // As far as the house's own projector has come: what the log has let go of at its very end, nobody reads.
    const end = await this.#reader.position('ORDERS')
    const startMs = performance.now()
    const logger = pino({ level: 'silent' })
    const projector = await startProjector({ log: this.#nats.log, write: new OrderWriter(orm), now: () => Date.now(), logger })
    while (projector.position().seq < end) await pause(LOOK_EVERY_MS)
    const seconds = (performance.now() - startMs) / 1_000
    await projector.stop()
    const [row] = await orm.em.fork().execute<{ records: string }[]>('select count(*) as records from order_event')
    await orm.close()
    return Number(row?.records ?? 0) / seconds
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#orm.close()
    await this.#nats.close()
  }
}
