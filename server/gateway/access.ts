import type { ActorState } from '../../actors/envelope.ts'
import { orderContext, orderRegions, wasPaid } from '../../actors/kinds/order.ts'
import type { Account, Role } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import type { CommandName } from '../contract/order-commands.ts'

/** Who may do what: the one place where it is decided. Whether an order's state allows it is the machine's affair. */
const MAY_RUN: Readonly<Record<CommandName, Role>> = {
  place: 'customer',
  pay: 'customer',
  cancel: 'customer',
  confirm: 'customer',
  accept: 'store',
  reject: 'store',
  startCooking: 'store',
  finishCooking: 'store',
  claim: 'rider',
  release: 'rider',
  pick: 'rider',
  deliver: 'rider',
  abort: 'ops',
}

interface Parties {
  readonly customer: { readonly id: string }
  readonly store: { readonly id: string }
  readonly rider?: { readonly id: string } | undefined
}

/** Its customer, its store, the rider who claimed it; operators see all. */
export const isPartyTo = (account: Account, order: Parties): boolean => {
  switch (account.role) {
    case 'customer':
      return order.customer.id === account.id
    case 'store':
      return order.store.id === account.id
    case 'rider':
      return order.rider?.id === account.id
    case 'ops':
      return true
  }
}

/** A store's sales are for itself and for operators. */
export const isPartyToSales = ({ role, id }: Account, storeId: string): boolean => role === 'ops' || (role === 'store' && id === storeId)

/** @throws ApiError FORBIDDEN */
export const requireRole = (account: Account, role: Role): void => {
  if (account.role !== role) throw new ApiError('FORBIDDEN')
}

/** @throws ApiError FORBIDDEN */
export const requireRunner = (account: Account, name: CommandName): void => requireRole(account, MAY_RUN[name])

/** Whoever may claim may also have had the claim, and asks again to give it back: the order itself knows whose it is. */
const FOR_ANY_RIDER: readonly (CommandName | undefined)[] = ['claim', 'release', 'pick']

/** An order may be claimed by any rider; everything else is for those it belongs to. @throws ApiError FORBIDDEN */
export const requireParty = (account: Account, order: Parties, name?: CommandName): void => {
  if (!FOR_ANY_RIDER.includes(name) && !isPartyTo(account, order)) throw new ApiError('FORBIDDEN')
}

/** From claim to delivery, and then no more, an order's customer and its store may see where its rider is. */
export const showsRiderPlace = (role: Role, state: ActorState): boolean =>
  (role === 'customer' || role === 'store') &&
  orderContext(state).rider !== undefined &&
  ['cooked', 'picked'].includes(orderRegions(state).order)

/** What an audience is told of by itself: a store learns of an order when its money has come, not while a customer looks for a card. */
export const concerns = (role: Role, state: ActorState): boolean => role !== 'store' || wasPaid(state)
