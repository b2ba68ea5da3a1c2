import { Migration } from '@mikro-orm/migrations'

/**
 * The cell that an order goes to, for counting. PostgreSQL takes it out of the record by itself: inside a string of JSON every quote has
 * a backslash before it, so no text of a customer's looks like this.
 */
export class Migration0008Cells extends Migration {
  override up(): void {
    this.addSql(`alter table order_view add column cell text
      generated always as (substring(record from '"cell":"([0-9a-f]{15})"')) stored`)
  }
}
