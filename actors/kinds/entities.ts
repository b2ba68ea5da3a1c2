import { breakerMachine } from '../../machines/breaker.ts'
import { channelMachine } from '../../machines/channel.ts'
import { customerMachineOf, type GradeThresholds } from '../../machines/customer.ts'
import { menuMachine } from '../../machines/menu.ts'
import { riderMachine } from '../../machines/rider.ts'
import { storeMachine } from '../../machines/store.ts'
import type { Event } from '../envelope.ts'
import { defineKind, type KindOptions } from './define.ts'
import type { Held, Kind, Migration } from './kind.ts'

const entity = (name: string, machine: KindOptions['machine'], more: Partial<KindOptions> = {}): Kind =>
  defineKind({ name, machine, stream: 'ENTITIES', creates: 'register', ...more })

/** What the second release added is optional: the first one's records are good as they are. */
const asItIs: Migration = held => held

const withContext =
  (added: object): Migration =>
  ({ state, waits }: Held): Held => ({ state: { ...state, context: { ...added, ...state.context } }, waits })

/** A rider of the first release was on duty when he was not offline, and had nothing in hand that anybody knew of. */
const riderFromFirst: Migration = held => withContext({ onDuty: held.state.value !== 'offline', carrying: [], taking: [], done: [] })(held)

export const storeKind = entity('store', storeMachine, { migrate: { '1': asItIs } })
/** Registered with its store and under the store's id. */
export const menuKind = entity('menu', menuMachine, {
  migrate: { '1': asItIs },
  // The context holds the whole menu, up to half a megabyte; twice would be more than the log takes in one message.
  recorded: event => ('items' in event ? { type: event.type } : event),
  whole: (event, { context }) => (['register', 'publish'].includes(event.type) ? { ...event, items: context.items } : event),
})
export const riderKind = entity('rider', riderMachine, {
  refusal: (_state, { type }: Event) => (type === 'take' ? 'RIDER_BUSY' : 'REFUSED'),
  migrate: { '1': riderFromFirst },
})
export const customerKindOf = (grades: GradeThresholds): Kind =>
  entity('customer', customerMachineOf(grades), {
    outRoute: event => [String(event.customerId)],
    migrate: { '1': withContext({ counted: [], messages: { kakao: true } }) },
  })
/** Made by the first who has something to say about it. */
export const channelKind = entity('channel', channelMachine)

/** One for each operation of the payment provider. */
export const breakerKind = entity('breaker', breakerMachine)
