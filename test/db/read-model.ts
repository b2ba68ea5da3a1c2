import type { MikroORM } from '@mikro-orm/postgresql'
import type { ActorRecord } from '../../actors/record.ts'
import { archiveRowOf } from '../../server/db/archive-row.ts'
import { migrate } from '../../server/db/migrate.ts'
import { rowsOf } from '../../server/db/order-row.ts'
import { openOrm } from '../../server/db/orm.ts'
import { OrderReader } from '../../server/db/read-orders.ts'
import type { Written } from '../../server/db/stretch.ts'
import { OrderWriter } from '../../server/db/write-orders.ts'
import { startPostgres } from '../harness/postgres.ts'
import { followed } from './followed.ts'

/** A read model of its own, empty, with a writer and a reader. */
export class ReadModel implements AsyncDisposable {
  readonly databaseUrl: string
  readonly orm: MikroORM
  readonly write: OrderWriter
  readonly read: OrderReader
  #seq = 0

  private constructor(databaseUrl: string, orm: MikroORM) {
    this.databaseUrl = databaseUrl
    this.orm = orm
    this.write = new OrderWriter(orm)
    this.read = new OrderReader(orm)
  }

  static async open(name: string): Promise<ReadModel> {
    const postgres = await startPostgres()
    const databaseUrl = await postgres.databaseUrl(name, migrate)
    const model = new ReadModel(databaseUrl, await openOrm({ databaseUrl, poolMax: 5 }))
    await model.write.position()
    return model
  }

  /** Writes records as the stream's next stretch. */
  async take(...records: readonly ActorRecord[]): Promise<Written['kind']> {
    const after = this.#seq
    this.#seq += Math.max(1, records.length)
    const archived = records.map((record, i) => archiveRowOf('ORDERS', followed(record, after + 1 + i)))
    return (await this.write.write({ after, upTo: this.#seq, rows: records.map(rowsOf), records: archived })).kind
  }

  /** Brings the database up to date, as a new release would. */
  async migrate(): Promise<void> {
    await migrate(this.databaseUrl)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.orm.close()
  }
}
