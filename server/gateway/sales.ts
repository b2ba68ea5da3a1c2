import type { Account } from '../contract/account.ts'
import { ApiError, failsAs } from '../contract/errors.ts'
import type { SalesQuery, SalesView } from '../contract/sales.ts'
import { isPartyToSales } from './access.ts'
import type { Catalogue } from './catalogue.ts'
import type { Reads } from './reads.ts'

export interface SalesServices {
  readonly catalogue: Pick<Catalogue, 'store'>
  readonly reads: Pick<Reads, 'salesOf'>
}

/** What a store sold, day by day, by its own calendar. */
export class Sales {
  readonly #services: SalesServices

  constructor(services: SalesServices) {
    this.#services = services
  }

  /** For the store itself and for operators. @throws ApiError FORBIDDEN, STORE_NOT_FOUND, READ_MODEL_UNAVAILABLE */
  async of(account: Account, storeId: string, days: SalesQuery): Promise<SalesView> {
    if (!isPartyToSales(account, storeId)) throw new ApiError('FORBIDDEN')
    const { catalogue, reads } = this.#services
    const store = catalogue.store(storeId)
    if (!store) throw new ApiError('STORE_NOT_FOUND')
    const { zone } = store.profile
    const items = await reads.salesOf({ storeId, zone, ...days }).catch(failsAs('READ_MODEL_UNAVAILABLE'))
    return { zone, items: [...items] }
  }
}
