import { TOKEN } from '../../actors/address.ts'
import { isoOf } from '../../actors/clock.ts'
import { orderRegions } from '../../actors/kinds/order.ts'
import type { Log } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import { isInDoubt } from '../payment-doubt.ts'

export interface HintServices {
  readonly log: Pick<Log, 'latest'>
  readonly router: Pick<Router, 'ask'>
  readonly now: () => number
  readonly newId: () => string
}

/** Nobody waits for it. */
const WITHIN_MS = 2_000

/**
 * What the provider's webhooks say, which nobody has signed: a reason to read the payment again, where there is a doubt about it,
 * and nothing else. The order itself takes one a minute; an id that is not ours ends here.
 */
export class PaymentHints {
  readonly #services: HintServices

  constructor(services: HintServices) {
    this.#services = services
  }

  /** @param status as the webhook has it, believed by nobody @throws Error when the log or every host is away: the provider's next webhook, or the order's own timer, asks again */
  async take(orderId: string, status: string, correlationId: string): Promise<void> {
    const { log, router, now, newId } = this.#services
    const address = { kind: 'order', id: orderId }
    const record = TOKEN.test(orderId) ? await log.latest(address) : undefined
    // Every payment is told of by a webhook, and most are in no doubt: those cost one read, and no actor is asked.
    if (!record || !isInDoubt(orderRegions(record.body.state).payment, status)) return
    const by = { role: 'system', id: 'webhook' } as const
    await router.ask({ commandId: `hint:${newId()}`, address, event: { type: 'hint' }, by, at: isoOf(now()), correlationId }, WITHIN_MS)
  }
}
