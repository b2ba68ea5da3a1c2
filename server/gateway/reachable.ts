import type { Address } from '../../actors/address.ts'
import { isoOf } from '../../actors/clock.ts'
import type { Event, Reply } from '../../actors/envelope.ts'
import type { Router } from '../../actors/router.ts'
import { type Account, sentBy } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import type { SubscriptionBody } from '../contract/push.ts'
import { endpointObjection } from '../outside/push-endpoint.ts'
import { requireRole } from './access.ts'
import { refusal } from './replies.ts'

export interface ReachableServices {
  readonly router: Pick<Router, 'ask'>
  readonly now: () => number
  readonly newId: () => string
  /** Absent: there is no web push here. */
  readonly push?: { readonly publicKey: string; readonly allowLoopback: boolean }
}

/** By which ways people want to be reached: their own word, kept by their actor. Saying what is so already is fine. */
export class Reachable {
  readonly #services: ReachableServices

  constructor(services: ReachableServices) {
    this.#services = services
  }

  /** @throws ApiError PUSH_OFF */
  get key(): { readonly publicKey: string } {
    const { push } = this.#services
    if (!push) throw new ApiError('PUSH_OFF')
    return { publicKey: push.publicKey }
  }

  /** @throws ApiError FORBIDDEN, NOT_FOUND, UNAVAILABLE */
  async setMessages(account: Account, kakao: boolean): Promise<{ readonly kakao: boolean }> {
    requireRole(account, 'customer')
    await this.#tell(account, { type: 'setMessages', kakao })
    return { kakao }
  }

  /** @throws ApiError PUSH_OFF, FORBIDDEN, INVALID for an endpoint that we would not go to, NOT_FOUND, UNAVAILABLE */
  async subscribe(account: Account, subscription: SubscriptionBody) {
    const { push } = this.#services
    if (!push) throw new ApiError('PUSH_OFF')
    const objection = endpointObjection(subscription.endpoint, push)
    if (objection !== undefined) throw new ApiError('INVALID', { details: { issues: [{ path: ['endpoint'], message: objection }] } })
    await this.#tell(account, { type: 'subscribePush', subscription })
    return { endpoint: subscription.endpoint, subscribed: true }
  }

  /** @throws ApiError FORBIDDEN, NOT_FOUND, UNAVAILABLE */
  async unsubscribe(account: Account, endpoint: string) {
    await this.#tell(account, { type: 'unsubscribePush', endpoint })
    return { endpoint, subscribed: false }
  }

  async #tell(account: Account, event: Event): Promise<void> {
    if (account.role === 'ops') throw new ApiError('FORBIDDEN') // nobody's actor
    const reply = await this.#ask(account, { kind: account.role, id: account.id }, event)
    if (reply.kind === 'moved' || (reply.kind === 'refused' && reply.code === 'REFUSED')) return // an endpoint that it does not know is gone already
    throw refusal(reply, 'NOT_FOUND')
  }

  #ask(account: Account, address: Address, event: Event): Promise<Reply> {
    const { router, now, newId } = this.#services
    return router.ask({ commandId: `${event.type}:${newId()}`, address, event, ...sentBy(account), at: isoOf(now()) })
  }
}
