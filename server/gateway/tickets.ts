import { isoOf } from '../../actors/clock.ts'
import type { Reply } from '../../actors/envelope.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { Router } from '../../actors/router.ts'
import type { Ticket } from '../contract/order-view.ts'
import type { Commands, Executed } from './commands.ts'
import { latestOf } from './log-reads.ts'
import type { WaitingRoom } from './waiting-room.ts'

export interface TicketServices {
  readonly log: Log
  readonly router: Pick<Router, 'ask'>
  readonly room: WaitingRoom
  readonly now: () => number
}

const addressOf = (id: string) => ({ kind: 'order', id }) as const

/** Commands whose payment may wait for its turn: the answer is then 202, with the customer's place. */
export const ticketed = (commands: Pick<Commands, 'execute'>, services: TicketServices): Pick<Commands, 'execute'> => ({
  async execute(account, request) {
    const executed = await commands.execute(account, request)
    if (request.name !== 'place' && request.name !== 'pay') return executed
    if (executed.view.version > 0 && isStuck(executed) && services.room.isBusy) await sayWait(services, executed.view.id)
    else if (executed.view.status !== 'paymentWaiting') return executed
    return withTicket(services, executed)
  },
})

/** A call began before the trouble did, and has no end yet. */
const isStuck = ({ view }: Executed): boolean => view.status === 'paying' && view.payment.status === 'pending'

/** Whether the order takes it or has moved on meanwhile is all the same: it is read again. */
const sayWait = ({ router, now }: TicketServices, id: string): Promise<Reply> => {
  const by = { role: 'system', id: 'gateway' } as const
  return router.ask({ commandId: `wait:${id}`, address: addressOf(id), event: { type: 'wait' }, by, at: isoOf(now()) }, 2_000)
}

const withTicket = async ({ log, room }: TicketServices, executed: Executed): Promise<Executed> => {
  const stored = await latestOf(log, addressOf(executed.view.id))
  const ticket = stored && room.ticketOf(stored)
  if (!ticket) return executed
  const { view } = executed
  return { view: { ...view, status: 'paymentWaiting', payment: { ...view.payment, status: 'waiting', ticket } }, status: 202 }
}

/** A place is told again when it has moved by a tenth, or is the next. */
const MUCH = 0.1

export interface FollowOptions {
  readonly log: Pick<Log, 'latest'>
  readonly room: WaitingRoom
  readonly tell: (orderId: string, ticket: Ticket) => void
}

/** One customer's waiting payments, and what was told of each. */
export class Tickets {
  readonly #options: FollowOptions
  readonly #waiting = new Map<string, { readonly stored: Stored<ActorRecord>; told: number }>()
  readonly #unfollow: () => void

  constructor(options: FollowOptions) {
    this.#options = options
    this.#unfollow = options.room.onMove(() => this.#look())
  }

  /** @param waits whether its payment waits now */
  async follow(orderId: string, waits: boolean): Promise<void> {
    this.#waiting.delete(orderId)
    if (!waits) return
    const stored = await this.#options.log.latest(addressOf(orderId))
    if (!stored || this.#options.room.ticketOf(stored) === undefined) return
    this.#waiting.set(orderId, { stored, told: Number.POSITIVE_INFINITY })
    this.#look()
  }

  close(): void {
    this.#unfollow()
    this.#waiting.clear()
  }

  #look(): void {
    for (const [orderId, waiting] of this.#waiting) {
      const ticket = this.#options.room.ticketOf(waiting.stored)
      if (!ticket || ticket.position === waiting.told) continue
      const moved = Math.abs(waiting.told - ticket.position)
      if (moved < MUCH * waiting.told && ticket.position > 1) continue
      waiting.told = ticket.position
      this.#options.tell(orderId, ticket)
    }
  }
}
