import { failsAs } from '../contract/errors.ts'
import type { Reads, StoreSearch } from './reads.ts'

/** Finds stores by what is written over the door and on the menu. */
export class StoreNames {
  readonly #reads: Pick<Reads, 'searchStores'>

  constructor(reads: Pick<Reads, 'searchStores'>) {
    this.#reads = reads
  }

  /** Ids. @throws ApiError READ_MODEL_UNAVAILABLE */
  async search(search: StoreSearch): Promise<ReadonlySet<string>> {
    return new Set(await this.#reads.searchStores(search).catch(failsAs('READ_MODEL_UNAVAILABLE')))
  }
}
