import { Migration } from '@mikro-orm/migrations'

/**
 * Ids are compared byte by byte (`C`), which is faster than a language's order and the same on every machine: a page's
 * cursor must mean the same everywhere.
 */
export class Migration0001ReadModel extends Migration {
  override up(): void {
    this.addSql(`create table order_view (
      id text collate "C" primary key,
      version integer not null,
      status text not null,
      open boolean not null,
      paid boolean not null,
      store_id text collate "C" not null,
      customer_id text collate "C" not null,
      rider_id text collate "C",
      total integer not null,
      placed_at timestamptz not null,
      updated_at timestamptz not null,
      payment text not null,
      refund text not null,
      record jsonb not null
    )`)
    // Pages, newest first. A customer's orders are some hundreds, so a status is found by looking at them all; a store's, a
    // rider's and the operators' are not.
    this.addSql('create index order_view_newest on order_view (placed_at desc, id desc)')
    this.addSql('create index order_view_customer on order_view (customer_id, placed_at desc, id desc)')
    this.addSql('create index order_view_store on order_view (store_id, placed_at desc, id desc) where paid')
    this.addSql('create index order_view_rider on order_view (rider_id, placed_at desc, id desc) where rider_id is not null')
    this.addSql('create index order_view_status on order_view (status, placed_at desc, id desc)')
    this.addSql('create index order_view_store_status on order_view (store_id, status, placed_at desc, id desc) where paid')
    this.addSql('create index order_view_rider_status on order_view (rider_id, status, placed_at desc, id desc) where rider_id is not null')
    // What a socket asks when it connects: small, because an order leaves it when it ends.
    this.addSql('create index order_view_customer_open on order_view (customer_id) where open')
    this.addSql('create index order_view_store_open on order_view (store_id) where open and paid')
    this.addSql('create index order_view_rider_open on order_view (rider_id) where open and rider_id is not null')

    this.addSql(`create table order_event (
      order_id text collate "C" not null,
      version integer not null,
      event text not null,
      status text not null,
      at timestamptz not null,
      by_role text not null,
      by_id text not null,
      command_id text not null,
      primary key (order_id, version)
    )`)

    this.addSql('create table position (stream text collate "C" primary key, seq bigint not null)')

    this.addSql(`create table account (
      role text collate "C" not null,
      login text collate "C" not null,
      id text collate "C" not null,
      password_hash text not null,
      name text not null,
      created_at timestamptz not null,
      primary key (role, login),
      unique (role, id)
    )`)
  }
}
