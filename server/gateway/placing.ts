import type { Log } from '../../actors/log.ts'
import { cellOf } from '../../machines/geo.ts'
import type { OrderWindows, PlaceEvent } from '../../machines/order-types.ts'
import { price } from '../../machines/price.ts'
import type { Account } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import type { PlaceBody } from '../contract/order-commands.ts'
import type { Issue } from '../contract/parse.ts'
import { type Catalogue, opensAtOf, type Store } from './catalogue.ts'
import { latestOf } from './log-reads.ts'

export interface PlacingServices {
  readonly log: Log
  readonly settings: { readonly windows: OrderWindows }
}

/**
 * The store, if it takes orders now.
 * @throws ApiError STORE_NOT_FOUND; STORE_CLOSED with `details.opensAt` in UTC, the store's `zone`, and whether it is `paused` or past its `lastOrder`
 */
export const openStore = (catalogue: Catalogue, id: string): Store => {
  const store = catalogue.store(id)
  if (!store) throw new ApiError('STORE_NOT_FOUND')
  const { standing, profile } = store
  if (standing.kind === 'open') return store
  const why = standing.kind === 'closed' ? {} : { [standing.kind]: true }
  throw new ApiError('STORE_CLOSED', { details: { ...opensAtOf(standing), zone: profile.zone, ...why } })
}

/**
 * Turns a customer's wish into the event that begins an order: prices, names and places come from our own log, never from the client.
 * @throws ApiError a code of machines/price.ts with `details.issues`
 */
export const placeEvent = async (
  { log, settings }: PlacingServices,
  store: Store,
  account: Account,
  wanted: PlaceBody,
  requestHash: string,
): Promise<PlaceEvent> => {
  const priced = price(store.menu, wanted.items)
  if (priced.kind === 'refused') {
    const issue: Issue = { path: priced.path, message: priced.code }
    throw new ApiError(priced.code, { details: { issues: [issue] } })
  }
  const { detail, ...place } = wanted.deliverTo
  return {
    type: 'place',
    store: { id: store.id, name: store.profile.name, lat: store.profile.lat, lng: store.profile.lng },
    customer: { id: account.id, ...(await customerCard(log, account.id)) },
    items: priced.lines,
    total: priced.total,
    deliverTo: { ...place, ...(detail === undefined ? {} : { detail }), cell: cellOf(place) },
    ...(wanted.note === undefined ? {} : { note: wanted.note }),
    ...(wanted.paymentKey === undefined ? {} : { paymentKey: wanted.paymentKey }),
    windows: settings.windows,
    requestHash,
  }
}

/** The name on the bag and the number for messages. */
const customerCard = async (log: Log, id: string): Promise<{ readonly name?: string; readonly phone?: string }> => {
  const customer = await latestOf(log, { kind: 'customer', id })
  if (!customer) return {}
  const { name, phone } = customer.body.state.context
  return { name: String(name), phone: String(phone) }
}
