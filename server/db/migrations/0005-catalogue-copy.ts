import { Migration } from '@mikro-orm/migrations'

/** The catalogue as it can be searched. Its truth is the log, and every gateway holds all of it in memory. */
export class Migration0005CatalogueCopy extends Migration {
  override up(): void {
    this.addSql(`create table store_view (
      id text collate "C" primary key,
      version integer not null,
      name text not null,
      lat double precision not null,
      lng double precision not null
    )`)
    // A search is always around a place: some thousand stores at most, whose names are then read one by one.
    this.addSql('create index store_view_place on store_view (lat, lng)')
    this.addSql('create table menu_view (store_id text collate "C" primary key, version integer not null)')
    this.addSql(`create table menu_item_view (
      store_id text collate "C" not null,
      menu_id text collate "C" not null,
      name text not null,
      price integer not null,
      sold_out boolean not null,
      primary key (store_id, menu_id)
    )`)
  }
}
