import { type Address, TOKEN } from '../../actors/address.ts'
import type { Command, Event, Reply } from '../../actors/envelope.ts'
import { orderContext } from '../../actors/kinds/order.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { Router } from '../../actors/router.ts'
import type { OrderWindows, PlaceEvent } from '../../machines/order-types.ts'
import { type Account, sentBy } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import { COMMAND_BODIES, type CommandName, type PlaceBody, placeBody } from '../contract/order-commands.ts'
import { type OrderView, orderView, viewOfRecord } from '../contract/order-view.ts'
import { parse } from '../contract/parse.ts'
import { requireParty, requireRole, requireRunner } from './access.ts'
import type { Catalogue } from './catalogue.ts'
import { type Ask, Claiming } from './claiming.ts'
import { commandIdOf, fingerprint, orderIdOf } from './fingerprint.ts'
import type { Intake, Place } from './intake.ts'
import type { Interest } from './interest.ts'
import { latestOf, recordOf } from './log-reads.ts'
import { KnownParties } from './parties.ts'
import { PaymentWatch } from './payment-watch.ts'
import { openStore, placeEvent } from './placing.ts'
import { type Moved, orderRefusal } from './replies.ts'
import { takenOrder, takeOrder } from './taken.ts'
import type { WaitingRoom } from './waiting-room.ts'

export interface CommandSettings {
  /** How long `place` and `pay` wait for the payment before they answer with what is known. Default 3,000 ms. */
  readonly paymentWaitMs: number
  /** How long an actor may take to answer. Default 10,000 ms. */
  readonly commandDeadlineMs: number
  /** Deliveries one rider may have in hand, 1…20. Default 1. */
  readonly riderLimit: number
  readonly windows: OrderWindows
}

export interface CommandServices {
  readonly log: Log
  readonly router: Router
  /** Followed records, shared with the pusher. */
  readonly records: Interest<Stored<ActorRecord>>
  readonly catalogue: Catalogue
  readonly intake: Pick<Intake, 'admit'>
  readonly settings: CommandSettings
  readonly now: () => number
  readonly newId: () => string
  /** Whether payments must wait for their turn; absent: they never do. */
  readonly room?: Pick<WaitingRoom, 'isBusy'>
}

export interface CommandRequest {
  readonly name: CommandName
  /** Every command but `place` needs it. */
  readonly orderId?: string | undefined
  /** 1…200 printable ASCII characters. `place` needs it; for the others it makes a repeat safe. */
  readonly idempotencyKey?: string | undefined
  /** Refuse unless the order is at this version. */
  readonly expectedVersion?: number | undefined
  /** As it came in: checked here. */
  readonly body: unknown
}

export interface Executed {
  /** Cut for the account that asked. */
  readonly view: OrderView
  readonly status: 200 | 201 | 202
}

/** Where an order began; version 0: it was taken, and begins when a host is back. */
type Begun = Pick<Moved, 'version' | 'state' | 'at'>

/** A host answers in 1–50 ms, and a killed one is replaced within 3 s: a customer waits half of that, then the inbox takes the order. */
const TAKEN_WITHIN_MS = 1_500

/** Everything that can be done to an order, the same for REST and the socket. */
export class Commands {
  readonly #services: CommandServices
  readonly #claiming: Claiming
  readonly #parties = new KnownParties()

  constructor(services: CommandServices) {
    this.#services = services
    this.#claiming = new Claiming({ ...services, riderLimit: services.settings.riderLimit })
  }

  /** @throws ApiError whatever `docs/errors.md` lists for the command */
  async execute(account: Account, request: CommandRequest): Promise<Executed> {
    requireRunner(account, request.name)
    return request.name === 'place' ? this.#place(account, request) : this.#act(account, request, request.name)
  }

  /** The store has seen the new order: its alert stops. An order that has moved on needs none. @throws ApiError FORBIDDEN, ORDER_NOT_FOUND, UNAVAILABLE */
  async seen(account: Account, orderId: string): Promise<void> {
    requireRole(account, 'store')
    const address = await this.#addressFor(account, orderId)
    const reply = await this.#send(account, { commandId: `seen:${this.#services.newId()}`, address, event: { type: 'seen' } })
    if (reply.kind === 'failed') throw orderRefusal(reply)
  }

  async #place(account: Account, { idempotencyKey, body }: CommandRequest): Promise<Executed> {
    if (idempotencyKey === undefined) throw new ApiError('IDEMPOTENCY_KEY_REQUIRED')
    const wanted = parse(placeBody, body)
    const address: Address = { kind: 'order', id: orderIdOf(account.id, idempotencyKey) }
    const requestHash = fingerprint(wanted)
    using payment = wanted.paymentKey === undefined ? undefined : await this.#watch(account, address)
    const { log } = this.#services
    const [existing, taken] = await Promise.all([latestOf(log, address), takenOrder(log, address.id)])
    // A repeat must get its answer even if the store has closed or an item has sold out since.
    const repeated = existing ? await this.#firstAnswer(address, existing) : taken
    const first = repeated ?? (await this.#create(account, address, wanted, requestHash))
    if (orderContext(first.state).requestHash !== requestHash) throw new ApiError('IDEMPOTENCY_KEY_REUSED')
    if (first.version === 0) return { view: orderView(first.state, 0, orderContext(first.state).placedAt, 'customer'), status: 202 }
    this.#parties.note(orderContext(first.state))
    const settled = await payment?.settled(first.version, this.#services.settings.paymentWaitMs, existing !== undefined)
    const view = settled ? viewOfRecord(settled, 'customer') : orderView(first.state, first.version, first.at, 'customer')
    return { view, status: view.status === 'paymentWaiting' ? 202 : 201 }
  }

  async #create(account: Account, address: Address, wanted: PlaceBody, requestHash: string): Promise<Begun> {
    const store = openStore(this.#services.catalogue, wanted.storeId)
    const event = await placeEvent(this.#services, store, account, wanted, requestHash)
    const turn = wanted.paymentKey === undefined ? {} : this.#turn()
    return this.#services.intake.admit(store, place => this.#begin(account, address, { ...event, ...turn }, place))
  }

  /** Whatever keeps the hosts from answering, the order is taken; should one have it already, the commandId makes it one. */
  async #begin(account: Account, address: Address, event: PlaceEvent, place?: Place): Promise<Begun> {
    const { log, router, settings } = this.#services
    const command = this.#commandOf(account, {
      commandId: `place:${address.id}`,
      address,
      event: { ...event, ...(place ? { intake: place } : {}) },
    })
    const reply = await router.ask(command, Math.min(settings.commandDeadlineMs, TAKEN_WITHIN_MS))
    if (reply.kind === 'failed' && reply.retry) {
      const row = await takeOrder(log, command)
      // Of two requests under one key both may have come here; the inbox carries out the first, and only its place counts.
      return place ? ((await takenOrder(log, address.id)) ?? row) : row
    }
    if (reply.kind !== 'moved') throw orderRefusal(reply)
    return reply
  }

  /** What `place` answered: the order as it began, or as it is when the log has let go of that. */
  async #firstAnswer(address: Address, existing: Stored<ActorRecord>): Promise<Begun> {
    return ((await recordOf(this.#services.log, address, 1)) ?? existing).body
  }

  async #act(account: Account, request: CommandRequest, name: Exclude<CommandName, 'place'>): Promise<Executed> {
    const { log, settings, newId } = this.#services
    const { orderId = '', expectedVersion, idempotencyKey } = request
    const body = parse(COMMAND_BODIES[name], request.body ?? {})
    if (name === 'claim' || name === 'pick') return this.#claim(account, { ...request, name }, await this.#orderOf(account, orderId, name))
    const address = await this.#addressFor(account, orderId, name)
    using payment = name === 'pay' ? await this.#watch(account, address) : undefined
    const moved = await this.#ask(account, name, {
      commandId: idempotencyKey === undefined ? `${name}:${newId()}` : commandIdOf(name, account.id, idempotencyKey),
      address,
      event: { type: name, ...body, ...(name === 'pay' ? this.#turn() : {}) },
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    })
    if (moved.repeated) {
      const record = await recordOf(log, address, moved.version)
      if (record && !isAnswerTo(record.body.event, name, body)) throw new ApiError('IDEMPOTENCY_KEY_REUSED')
    }
    const settled = await payment?.settled(moved.version, settings.paymentWaitMs, moved.repeated === true)
    return {
      view: settled ? viewOfRecord(settled, account.role) : orderView(moved.state, moved.version, moved.at, account.role),
      status: 200,
    }
  }

  async #claim(
    account: Account,
    { name, idempotencyKey, expectedVersion }: CommandRequest & { readonly name: 'claim' | 'pick' },
    order: Stored<ActorRecord>,
  ): Promise<Executed> {
    const ask: Ask = (command, deadlineMs) => this.#send(account, command, deadlineMs)
    const moved = await this.#claiming.claim({ name, riderId: account.id, order, idempotencyKey, expectedVersion, ask })
    const view = moved.repeated ? await this.#viewOf(account, order, moved) : orderView(moved.state, moved.version, moved.at, account.role)
    return { view, status: 200 }
  }

  /**
   * The address of an order that this account may act on. Where the log need not be asked, a rider's right to it is left to the order itself,
   * which knows its rider: see `#ask`.
   */
  async #addressFor(account: Account, id: string, name?: CommandName): Promise<Address> {
    const known = this.#parties.of(id)
    if (known === undefined) return addressOf(await this.#orderOf(account, id, name))
    if (account.role !== 'rider') requireParty(account, known, name)
    return { kind: 'order', id }
  }

  /** A payment that cannot be had at once waits for its turn from the beginning. */
  #turn(): { readonly waits?: true } {
    return this.#services.room?.isBusy ? { waits: true } : {}
  }

  /** An order that this account may act on, as it is now. */
  async #orderOf(account: Account, id: string, name?: CommandName): Promise<Stored<ActorRecord>> {
    const address: Address = { kind: 'order', id }
    const order = TOKEN.test(id) ? await latestOf(this.#services.log, address) : undefined
    if (order) {
      requireParty(account, orderContext(order.body.state), name)
      this.#parties.note(orderContext(order.body.state))
      return order
    }
    const taken = TOKEN.test(id) ? await takenOrder(this.#services.log, id) : undefined
    if (!taken) throw new ApiError('ORDER_NOT_FOUND')
    requireParty(account, orderContext(taken.state), name)
    throw new ApiError('NO_HOST') // it has not begun: nothing can be done to it yet
  }

  async #ask(account: Account, name: CommandName, command: Omit<Command, 'by' | 'at'>): Promise<Moved> {
    const reply = await this.#send(account, command)
    // Whose it is not learns no more than that.
    if (reply.kind === 'refused' && reply.state) requireParty(account, orderContext(reply.state), name)
    if (reply.kind !== 'moved') throw orderRefusal(reply)
    return reply
  }

  #send(account: Account, command: Omit<Command, 'by' | 'at'>, withinMs = Number.POSITIVE_INFINITY): Promise<Reply> {
    const { router, settings } = this.#services
    return router.ask(this.#commandOf(account, command), Math.min(settings.commandDeadlineMs, withinMs))
  }

  #commandOf(account: Account, command: Omit<Command, 'by' | 'at'>): Command {
    return { ...command, ...sentBy(account), at: new Date(this.#services.now()).toISOString() }
  }

  /** Of a claim that was won before. */
  async #viewOf(account: Account, order: Stored<ActorRecord>, { version, state, at }: Begun): Promise<OrderView> {
    const record = await recordOf(this.#services.log, addressOf(order), version)
    return record ? viewOfRecord(record, account.role) : orderView(state, version, at || order.body.at, account.role)
  }

  #watch({ id }: Account, address: Address): Promise<PaymentWatch> {
    return PaymentWatch.open({ ...this.#services, address, customerId: id })
  }
}

const addressOf = ({ body: { id } }: Stored<ActorRecord>): Address => ({ kind: 'order', id })

/** Whether a record holds this very request: under a repeated key it may be an older one with another body. */
const isAnswerTo = (recorded: Event, name: CommandName, body: object): boolean =>
  fingerprint(recorded) === fingerprint({ type: name, ...body })
