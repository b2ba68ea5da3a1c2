import { Migration } from '@mikro-orm/migrations'

/**
 * Every record, whole, in the order of the log. `json` and not `jsonb`: it keeps a text letter by letter, a NUL or half a
 * surrogate pair in it, too.
 */
export class Migration0003Archive extends Migration {
  override up(): void {
    this.addSql(`create table record_archive (
      seq bigint not null,
      at timestamptz not null,
      version integer not null,
      day date not null,
      kind text collate "C" not null,
      id text collate "C" not null,
      stream text collate "C" not null,
      subject text not null,
      record text not null,
      primary key (kind, id, version, day)
    ) partition by range (day)`)
    this.addSql('create index record_archive_seq on record_archive (stream, seq)')
    this.addSql(`create function archive_is_append_only() returns trigger language plpgsql as $$
      begin
        raise exception 'the archive is append-only';
      end $$`)
    this.addSql(`create trigger append_only before update or delete on record_archive
      for each row execute function archive_is_append_only()`)

    // With the rights of who migrates: the projector's role may add days and cannot make or drop any other table. Made first and
    // attached afterwards, because "create … partition of" would wait for every reader, and everybody behind it for that.
    this.addSql(`create function archive_day(day date) returns void language plpgsql security definer set search_path from current as $$
      declare
        name text := 'record_archive_' || to_char(day, 'YYYY_MM_DD');
      begin
        if to_regclass(name) is not null then return; end if;
        perform pg_advisory_xact_lock(hashtextextended('archive_day', 0));
        if to_regclass(name) is not null then return; end if;
        execute format('create table %I (like record_archive including all)', name);
        execute format('alter table record_archive attach partition %I for values from (%L) to (%L)', name, day, day + 1);
      end $$`)
  }
}
