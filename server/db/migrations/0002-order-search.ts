import { Migration } from '@mikro-orm/migrations'

/** Operators find an order by the phone of who placed it: its digits, as they are dialled. */
export class Migration0002OrderSearch extends Migration {
  override up(): void {
    this.addSql('alter table order_view add column customer_phone text collate "C"')
    this.addSql(`update order_view set customer_phone =
      nullif(regexp_replace(record->'state'->'context'->'customer'->>'phone', '\\D', '', 'g'), '')`)
    this.addSql('create index order_view_phone on order_view (customer_phone, placed_at desc, id desc) where customer_phone is not null')
  }
}
