import { isoOf } from '../../actors/clock.ts'
import type { Event, Reply } from '../../actors/envelope.ts'
import type { Log } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import type { MenuItem } from '../../machines/price.ts'
import type { StoreContext } from '../../machines/store.ts'
import { type Account, sentBy } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import type { MenuBody, MenuView, SoldOutBody } from '../contract/menus.ts'
import type { ProfileBody, ProfileView } from '../contract/store-profile.ts'
import type { StoreStatusBody, StoreStatusView } from '../contract/stores.ts'
import { requireRole } from './access.ts'
import { latestOf } from './log-reads.ts'
import { type Moved, refusal } from './replies.ts'

export interface StoreServices {
  readonly log: Log
  readonly router: Pick<Router, 'ask'>
  readonly now: () => number
  readonly newId: () => string
  /** How long its actor may take to answer. Default 10,000 ms. */
  readonly commandDeadlineMs: number
}

/**
 * What a store says about itself and its menu: a command each, so every gateway has it from the log a moment later. Saying what is so
 * already is fine. Each call is for the store alone. @throws ApiError FORBIDDEN for anybody else, STORE_NOT_FOUND, UNAVAILABLE
 */
export class Stores {
  readonly #services: StoreServices

  constructor(services: StoreServices) {
    this.#services = services
  }

  async setStatus(account: Account, { open, forMinutes }: StoreStatusBody): Promise<StoreStatusView> {
    if (forMinutes !== undefined) {
      const { state } = await this.#told(account, 'store', { type: 'pause', minutes: forMinutes })
      return { open, pausedUntil: String(state.context.pausedUntil) }
    }
    const reply = await this.#ask(account, 'store', { type: open ? 'open' : 'close' })
    const stands = reply.kind === 'moved' || (reply.kind === 'refused' && reply.state?.value === (open ? 'open' : 'closed'))
    if (!stands) throw refusal(reply, 'STORE_NOT_FOUND')
    return { open }
  }

  /** @throws ApiError LOG_UNAVAILABLE, too */
  async profile(account: Account): Promise<ProfileView> {
    return profileView(account.id, await this.#newest(account, 'store'))
  }

  /** What is not given stays as it is. */
  async changeProfile(account: Account, changes: ProfileBody): Promise<ProfileView> {
    const moved = await this.#told(account, 'store', { type: 'update', ...changes })
    return profileView(account.id, moved.state)
  }

  /** As it was published, marks included. @throws ApiError LOG_UNAVAILABLE, too */
  async menu(account: Account): Promise<MenuView> {
    return menuView(await this.#newest(account, 'menu'))
  }

  /** Replaces the menu whole. */
  async publish(account: Account, { items }: MenuBody): Promise<MenuView> {
    const moved = await this.#told(account, 'menu', { type: 'publish', items })
    return menuView(moved.state)
  }

  /** Of an item, or of one of its choices. @throws ApiError NOT_FOUND when it is not on the menu */
  async setSoldOut(account: Account, menuId: string, mark: SoldOutBody): Promise<SoldOutBody & { readonly menuId: string }> {
    const reply = await this.#ask(account, 'menu', { type: 'setSoldOut', menuId, ...mark })
    if (reply.kind === 'refused') throw new ApiError('NOT_FOUND') // its menu does not know the item
    if (reply.kind === 'failed') throw refusal(reply, 'NOT_FOUND')
    return { menuId, ...mark }
  }

  async #newest(account: Account, kind: 'store' | 'menu'): Promise<Moved['state']> {
    requireRole(account, 'store')
    const record = await latestOf(this.#services.log, { kind, id: account.id })
    if (!record) throw new ApiError('STORE_NOT_FOUND')
    return record.body.state
  }

  async #told(account: Account, kind: 'store' | 'menu', event: Event): Promise<Moved> {
    const reply = await this.#ask(account, kind, event)
    if (reply.kind !== 'moved') throw refusal(reply, 'STORE_NOT_FOUND')
    return reply
  }

  #ask(account: Account, kind: 'store' | 'menu', event: Event): Promise<Reply> {
    requireRole(account, 'store')
    const { router, now, newId, commandDeadlineMs } = this.#services
    const address = { kind, id: account.id }
    const command = { commandId: `${event.type}:${newId()}`, address, event, ...sentBy(account), at: isoOf(now()) }
    return router.ask(command, commandDeadlineMs)
  }
}

const menuView = ({ context }: Moved['state']): MenuView => ({ items: context.items as MenuItem[] }) as MenuView

const profileView = (id: string, { value, context }: Moved['state']): ProfileView => {
  const { name, address, phone, lat, lng, zone, hours, holidays, lastOrderLeadMin, intakeCap, pausedUntil } =
    context as unknown as StoreContext
  return {
    id,
    status: value as ProfileView['status'],
    ...(value === 'paused' && pausedUntil !== undefined ? { pausedUntil } : {}),
    name,
    address,
    phone,
    lat,
    lng,
    zone,
    hours: [...hours],
    holidays: [...(holidays ?? [])],
    lastOrderLeadMin: lastOrderLeadMin ?? 0,
    intakeCap: intakeCap ?? null,
  }
}
