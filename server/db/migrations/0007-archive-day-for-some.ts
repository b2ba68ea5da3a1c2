import { Migration } from '@mikro-orm/migrations'

/**
 * Adding a day to the archive is for those who were given it, and works with the tables of `public` alone: on whatever path the
 * function was made, a caller's own temporary `record_archive` would have come first.
 */
export class Migration0007ArchiveDayForSome extends Migration {
  override up(): void {
    this.addSql('alter function archive_day(date) set search_path = public, pg_temp')
    this.addSql('revoke execute on function archive_day(date) from public')
  }
}
