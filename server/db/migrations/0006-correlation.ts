import { Migration } from '@mikro-orm/migrations'

/** The request that a step came from, so that its story can be told when the log has forgotten the record. */
export class Migration0006Correlation extends Migration {
  override up(): void {
    this.addSql('alter table order_event add column correlation_id text')
  }
}
