import type { Address } from '../../actors/address.ts'
import type { Event, Reply } from '../../actors/envelope.ts'
import type { Log } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import { type CustomerContext, type GradeThresholds, nextGradeOf } from '../../machines/customer.ts'
import { type Account, sentBy } from '../contract/account.ts'
import type { CustomerView } from '../contract/customers.ts'
import { ApiError } from '../contract/errors.ts'
import { requireRole } from './access.ts'
import { latestOf } from './log-reads.ts'
import { refusal } from './replies.ts'

export interface EntityServices {
  readonly log: Log
  readonly router: Router
  readonly now: () => number
  readonly newId: () => string
  readonly grades: GradeThresholds
}

/** What riders and customers say about themselves. Saying what is so already is fine. */
export class Entities {
  readonly #services: EntityServices

  constructor(services: EntityServices) {
    this.#services = services
  }

  /** @throws ApiError FORBIDDEN, NOT_FOUND, UNAVAILABLE */
  async setOnline(account: Account, online: boolean): Promise<{ readonly online: boolean }> {
    requireRole(account, 'rider')
    const reply = await this.#send(account, { kind: 'rider', id: account.id }, { type: online ? 'goOnline' : 'goOffline' })
    // On his way he is neither idle nor offline: whether he wants more is in the context.
    if (reply.kind === 'failed' || reply.state?.context.onDuty !== online)
      throw refusal(reply as Exclude<Reply, { kind: 'moved' }>, 'NOT_FOUND')
    return { online }
  }

  /** @throws ApiError FORBIDDEN, NOT_FOUND, LOG_UNAVAILABLE */
  async customer(account: Account): Promise<CustomerView> {
    requireRole(account, 'customer')
    const record = await latestOf(this.#services.log, { kind: 'customer', id: account.id })
    if (!record) throw new ApiError('NOT_FOUND')
    // A record of the first release has no word on messages.
    const { name, grade, completedOrders, messages = { kakao: true } } = record.body.state.context as unknown as CustomerContext
    const nextGrade = nextGradeOf(grade, this.#services.grades)
    return { id: account.id, name, grade, completedOrders, ...(nextGrade ? { nextGrade } : {}), messages }
  }

  #send(account: Account, address: Address, event: Event): Promise<Reply> {
    const { router, now, newId } = this.#services
    return router.ask({ commandId: `${event.type}:${newId()}`, address, event, ...sentBy(account), at: new Date(now()).toISOString() })
  }
}
