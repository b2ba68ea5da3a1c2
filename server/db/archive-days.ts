import type { NativePool } from './native-pool.ts'

/**
 * Makes the archive's partition of a day before its first record comes. The database does it itself (`archive_day`, made by the
 * migration), so the projector's role needs no right to make tables.
 */
export class ArchiveDays {
  readonly #made = new Set<string>()

  async make(pool: NativePool, days: Iterable<string>): Promise<void> {
    for (const day of new Set(days)) {
      if (this.#made.has(day)) continue
      await pool.query('select archive_day($1::date)', [day])
      this.#made.add(day)
    }
  }

  /** Somebody may have dropped a partition that was there: ask again for each. */
  forget(): void {
    this.#made.clear()
  }
}
