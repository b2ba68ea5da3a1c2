import type { Address } from '../../actors/address.ts'
import type { Command, Event, Reply } from '../../actors/envelope.ts'
import { orderContext, orderRegions } from '../../actors/kinds/order.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { type Claimed, inHand, type RiderContext, TAKING_MS } from '../../machines/rider.ts'
import { ApiError } from '../contract/errors.ts'
import { commandIdOf } from './fingerprint.ts'
import { latestOf } from './log-reads.ts'
import { type Moved, orderRefusal, refusal } from './replies.ts'

export interface ClaimingServices {
  readonly log: Log
  /** Deliveries one rider may have in hand, 1…20. */
  readonly riderLimit: number
  readonly now: () => number
  readonly newId: () => string
}

/** Sends a command in the rider's name. */
export type Ask = (command: Omit<Command, 'by' | 'at'>, deadlineMs?: number) => Promise<Reply>

export interface ClaimRequest {
  readonly name: 'claim' | 'pick'
  readonly riderId: string
  /** As it was read just now. */
  readonly order: Stored<ActorRecord>
  readonly idempotencyKey?: string | undefined
  readonly expectedVersion?: number | undefined
  readonly ask: Ask
}

/** Longer than a third of the time for which a place is kept, and it might be given to another order before this one has answered. */
const PLACE_FRESH_MS = TAKING_MS / 3
const ORDER_ANSWERS_WITHIN_MS = TAKING_MS / 2
/** An order that is his moves on its own a few times in its life, each of which makes a guarded command come late. */
const MOST_TRIES = 5

/**
 * Gives a delivery to a rider, who may have a few at a time only: two actors have to agree, and each decides alone.
 * G1. The rider keeps a place for the order before the order is asked, so whatever it grants there is room for.
 * G2. A no of the order gives the place back. Without any answer the order may have said yes: then its `took` confirms the place, or it lapses.
 * G3. A rider is busy only with what the orders themselves say is his: what they have told him may be late, or lost.
 * G4. Asking again for what is his already is the same claim, and wins again.
 */
export class Claiming {
  readonly #services: ClaimingServices

  constructor(services: ClaimingServices) {
    this.#services = services
  }

  /** @throws ApiError ALREADY_PICKED, RIDER_BUSY, ORDER_REFUSED, VERSION_MISMATCH, NOT_FOUND for a rider without an actor, 503s */
  async claim(request: ClaimRequest): Promise<Moved> {
    const { log } = this.#services
    let order: Stored<ActorRecord> | undefined = request.order
    for (let tries = 1; order && tries <= MOST_TRIES; tries++) {
      const { rider } = orderContext(order.body.state)
      if (rider?.id !== request.riderId) return this.#newly(request, order)
      const again = await this.#again(request, order)
      if (again !== 'moved on') return again
      order = await latestOf(log, addressOf(order))
    }
    throw new ApiError('UNAVAILABLE')
  }

  /** What is his by the read needs no place; that it still is, its version guards. G4 */
  async #again(request: ClaimRequest, order: Stored<ActorRecord>): Promise<Moved | 'moved on'> {
    const { version } = order.body
    const reply = await request.ask({ ...commandOf(request, order), expectedVersion: request.expectedVersion ?? version })
    if (reply.kind === 'moved') return reply
    if (reply.kind === 'refused' && reply.code === 'VERSION_MISMATCH' && request.expectedVersion === undefined) return 'moved on'
    return wonAlready(reply, request) ?? refuse(reply, request)
  }

  async #newly(request: ClaimRequest, order: Stored<ActorRecord>): Promise<Moved> {
    const { riderId, ask } = request
    refuseByRead(request, order)
    const claim: Claimed = { orderId: order.body.id, claim: claimsOf(order) + 1 }
    const { name } = await this.#takePlace(request, claim) // G1
    const reply = await ask(commandOf(request, order, { riderName: name }), ORDER_ANSWERS_WITHIN_MS)
    if (reply.kind === 'failed') throw orderRefusal(reply) // G2
    if (reply.kind === 'moved' && !reply.repeated) return reply
    const won = reply.kind === 'moved' ? reply : wonAlready(reply, request)
    // The first answer of long ago says nothing of today.
    const stands = reply.kind === 'moved' ? (await latestOf(this.#services.log, addressOf(order)))?.body.state : reply.state
    if (!stands || !isHis(stands, riderId)) await this.#tell(request, { type: 'giveUp', ...claim }) // G2
    return won ?? refuse(reply, request)
  }

  async #takePlace(request: ClaimRequest, claim: Claimed): Promise<RiderContext> {
    const { riderLimit: limit, now } = this.#services
    for (let tries = 1; ; tries++) {
      const askedMs = now()
      const reply = await this.#tell(request, { type: 'take', limit, ...claim })
      if (reply.kind === 'moved' && now() - askedMs > PLACE_FRESH_MS) throw new ApiError('UNAVAILABLE')
      if (reply.kind === 'moved') return riderOf(reply.state)
      if (reply.kind === 'failed' || reply.code !== 'RIDER_BUSY' || !reply.state) throw refusal(reply, 'NOT_FOUND')
      const rider = riderOf(reply.state)
      if (tries > 1 || !(await this.#letGo(request, rider)))
        throw new ApiError('RIDER_BUSY', { details: { carrying: [...inHand(rider, new Date(now()).toISOString())] } })
    }
  }

  /** Lets go of what is over though he has not been told yet. @returns whether there was any. G3 */
  async #letGo(request: ClaimRequest, { carrying }: RiderContext): Promise<boolean> {
    const over = await Promise.all(carrying.map(known => this.#isOver(known, request.riderId)))
    const gone = carrying.filter((_, i) => over[i])
    for (const known of gone) await this.#tell(request, { type: 'letGo', ...known })
    return gone.length > 0
  }

  async #isOver({ orderId }: Claimed, riderId: string): Promise<boolean> {
    const order = await latestOf(this.#services.log, { kind: 'order', id: orderId })
    return !order || !isHis(order.body.state, riderId)
  }

  #tell({ riderId, ask }: ClaimRequest, event: Event): Promise<Reply> {
    return ask({ commandId: `${event.type}:${this.#services.newId()}`, address: { kind: 'rider', id: riderId }, event })
  }
}

const riderOf = (state: { readonly context: unknown }): RiderContext => state.context as RiderContext
const addressOf = (order: Stored<ActorRecord>): Address => ({ kind: 'order', id: order.body.id })
const claimsOf = (order: Stored<ActorRecord>): number => orderContext(order.body.state).claims ?? 0

/** Whether he has it to carry: claimed or picked up, and not delivered yet. */
const isHis = (state: ActorRecord['state'], riderId: string): boolean =>
  orderContext(state).rider?.id === riderId && ['cooked', 'picked'].includes(orderRegions(state).order)

/** A claim that lapsed is followed by a new one, so what makes two askings the same is which claim of the order they are for. */
const commandOf = (
  { name, riderId, idempotencyKey, expectedVersion }: ClaimRequest,
  order: Stored<ActorRecord>,
  more: { readonly riderName?: string } = {},
): Omit<Command, 'by' | 'at'> => {
  const number = claimsOf(order) + (orderContext(order.body.state).rider?.id === riderId ? 0 : 1)
  return {
    commandId: commandIdOf(name, riderId, idempotencyKey ?? `claim ${number}`),
    address: addressOf(order),
    event: { type: name, ...more },
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  }
}

/**
 * Whoever comes too late, or too soon, is told by the read alone: of a thousand who want one delivery most cost nothing more.
 * Who asks again for what he had once, and has lost since, gets his first answer.
 */
const refuseByRead = (request: ClaimRequest, order: Stored<ActorRecord>): void => {
  const { version, state, replies } = order.body
  const { commandId } = commandOf(request, order)
  if (request.expectedVersion !== undefined || replies.some(([answered]) => answered === commandId)) return
  const code =
    orderContext(state).rider !== undefined ? 'ALREADY_PICKED' : orderRegions(state).order !== 'cooked' ? 'ORDER_REFUSED' : undefined
  if (code !== undefined) throw orderRefusal({ kind: 'refused', code, version, state })
}

/** Refused only because it has been done: by another tap of his. G4 */
const wonAlready = (reply: Reply, { riderId }: ClaimRequest): Moved | undefined => {
  if (reply.kind !== 'refused' || !reply.state || !['ALREADY_PICKED', 'ORDER_REFUSED'].includes(reply.code)) return undefined
  if (!isHis(reply.state, riderId)) return undefined
  return { kind: 'moved', version: reply.version, state: reply.state, at: '', repeated: true }
}

const refuse = (reply: Reply, { riderId }: ClaimRequest): never => {
  if (reply.kind === 'moved') throw new Error('it was not refused')
  // What he has delivered himself was not taken by another.
  const own = reply.kind === 'refused' && reply.code === 'ALREADY_PICKED' && reply.state && orderContext(reply.state).rider?.id === riderId
  throw orderRefusal(own ? { ...reply, code: 'ORDER_REFUSED' } : reply)
}
