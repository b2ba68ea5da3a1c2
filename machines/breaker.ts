import { assign, enqueueActions, setup } from 'xstate'
import { type BreakerSettings, DEFAULT_BREAKER, type Figures, openForMs, type Trouble, troubleIn } from './breaker-figures.ts'

export interface BreakerContext {
  readonly id: string
  readonly settings: BreakerSettings
  /** When it came into the state it is in, ISO 8601 UTC, and why. */
  readonly since: string
  readonly reason: string
  /** Openings in a row, and when it opens its door a little again. */
  readonly opens: number
  readonly openUntil?: string
  /** Share of the usual number of calls that is let in: 0, 0.05, 0.25, 1. */
  readonly share: number
  /** The one probe under way in the whole fleet. */
  readonly lease?: { readonly worker: string; readonly until: string } | undefined
  /** Good probes in a row. */
  readonly passed: number
  /** The operator who forces it; absent: nobody. */
  readonly forcedBy?: string | undefined
}

interface Stamp {
  readonly id: string
  readonly at: string
  readonly by: { readonly role: string; readonly id: string }
}
type Stamped<T> = T & { readonly stamp: Stamp }

export type BreakerEvent =
  | Stamped<{ readonly type: 'configure'; readonly settings: BreakerSettings }>
  /** @property random 0…1, for the length of an opening */
  | Stamped<{ readonly type: 'observed'; readonly figures: Figures; readonly random: number }>
  /** Our own configuration is refused: nothing that we send can go well. */
  | Stamped<{ readonly type: 'misconfigured'; readonly code: string; readonly random: number }>
  | Stamped<{ readonly type: 'askProbe'; readonly worker: string }>
  | Stamped<{ readonly type: 'probed'; readonly worker: string; readonly ok: boolean; readonly random: number }>
  | Stamped<{ readonly type: 'force'; readonly state: 'open' | 'closed'; readonly reason: string }>
  | Stamped<{ readonly type: 'release'; readonly reason: string }>

export const RAMP = [0.05, 0.25, 1] as const

const later = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString()
const atOf = (event: object, otherwise: string): string => ('stamp' in event ? (event.stamp as Stamp).at : otherwise)

/** Whether these figures would open a closed breaker, or close a ramp again: whoever reports need not say what changes nothing. */
export const isTrouble = (context: Pick<BreakerContext, 'settings'>, figures: Figures): Trouble | undefined =>
  troubleIn(figures, context.settings)

/**
 * The fleet's breaker for one operation of a provider. Workers and gateways follow its records; nobody else decides.
 * B1. It opens on proof only, and each opening in a row is longer, up to a limit; a calm while closed forgets them.
 * B2. While half open one probe is under way in the whole fleet: the lease is the actor's, so two workers cannot both have it.
 * B3. It closes by steps, and any trouble on the way opens it again.
 * B4. What an operator has forced stays until an operator releases it.
 */
export const breakerMachine = setup({
  types: {
    context: {} as BreakerContext,
    input: {} as Stamped<{ readonly settings?: BreakerSettings }>,
    events: {} as BreakerEvent,
  },
  delays: {
    openTime: ({ context }) => Math.max(0, Date.parse(context.openUntil ?? context.since) - Date.parse(context.since)),
    rampTime: ({ context }) => context.settings.rampMs,
    calmTime: ({ context }) => context.settings.calmMs,
  },
  guards: {
    isTrouble: ({ context, event }) => event.type === 'observed' && troubleIn(event.figures, context.settings) !== undefined,
    leaseIsFree: ({ context, event }) =>
      event.type === 'askProbe' &&
      (context.lease === undefined || context.lease.until <= event.stamp.at || context.lease.worker === event.worker),
    isItsProbe: ({ context, event }) => event.type === 'probed' && context.lease?.worker === event.worker,
    isLastStep: ({ context }) => context.share >= RAMP[1],
    forcesOpen: ({ event }) => event.type === 'force' && event.state === 'open',
  },
  actions: {
    noteOpening: assign(({ context, event }) => {
      const at = atOf(event, context.since)
      const opens = context.opens + 1
      const random = 'random' in event ? event.random : 0
      return {
        opens,
        since: at,
        openUntil: later(at, openForMs(context.settings, opens, random)),
        reason: openingOf(context, event),
        share: 0,
        passed: 0,
        lease: undefined,
      }
    }), // B1
    noteHalfOpen: assign(({ context, event }) => ({
      since: atOf(event, context.since),
      reason: 'HALF_OPEN',
      share: 0,
      passed: 0,
      lease: undefined,
    })),
    noteStep: assign(({ context, event }) => ({
      since: atOf(event, context.since),
      share: RAMP.find(share => share > context.share) ?? 1,
      lease: undefined,
    })),
    noteClosed: assign(({ context, event }) => ({ since: atOf(event, context.since), reason: 'RECOVERED', share: 1, lease: undefined })),
    noteLease: assign(({ context, event }) =>
      event.type === 'askProbe' ? { lease: { worker: event.worker, until: later(event.stamp.at, context.settings.leaseMs) } } : {},
    ),
    notePassed: assign(({ context }) => ({ passed: context.passed + 1, lease: undefined })),
    noteForced: enqueueActions(({ event, enqueue }) => {
      if (event.type !== 'force') return
      const share = event.state === 'open' ? 0 : 1
      enqueue.assign({ since: event.stamp.at, reason: event.reason, forcedBy: event.stamp.by.id, share, lease: undefined, opens: 0 })
    }),
    noteReleased: assign(({ event }) =>
      event.type === 'release'
        ? { since: event.stamp.at, reason: event.reason, forcedBy: undefined, share: 1, opens: 0, lease: undefined }
        : {},
    ),
  },
}).createMachine({
  id: 'breaker',
  version: '1',
  context: ({ input }) => ({
    id: input.stamp.id,
    settings: input.settings ?? DEFAULT_BREAKER,
    since: input.stamp.at,
    reason: 'NEW',
    opens: 0,
    share: 1,
    passed: 0,
  }),
  initial: 'closed',
  on: {
    configure: { actions: assign(({ event }) => ({ settings: event.settings })) },
    force: [
      { guard: 'forcesOpen', target: '.forcedOpen', actions: 'noteForced' }, // B4
      { target: '.forcedClosed', actions: 'noteForced' },
    ],
  },
  states: {
    closed: {
      after: { calmTime: { guard: ({ context }) => context.opens > 0, actions: assign({ opens: 0 }) } }, // B1
      on: {
        observed: { guard: 'isTrouble', target: 'open', actions: 'noteOpening' },
        misconfigured: { target: 'open', actions: 'noteOpening' },
      },
    },
    open: { after: { openTime: { target: 'probing', actions: 'noteHalfOpen' } } },
    probing: {
      on: {
        askProbe: { guard: 'leaseIsFree', actions: 'noteLease' }, // B2
        probed: [
          { guard: ({ context, event }) => context.lease?.worker === event.worker && !event.ok, target: 'open', actions: 'noteOpening' },
          {
            guard: ({ context, event }) => context.lease?.worker === event.worker && context.passed + 1 >= context.settings.probes,
            target: 'ramping',
            actions: 'noteStep',
          },
          { guard: 'isItsProbe', actions: 'notePassed' },
        ],
      },
    },
    ramping: {
      after: {
        rampTime: [
          { guard: 'isLastStep', target: 'closed', actions: 'noteClosed' },
          { target: 'ramping', reenter: true, actions: 'noteStep' },
        ],
      }, // B3
      on: {
        observed: { guard: 'isTrouble', target: 'open', actions: 'noteOpening' },
        misconfigured: { target: 'open', actions: 'noteOpening' },
      },
    },
    forcedOpen: { on: { release: { target: 'closed', actions: 'noteReleased' } } },
    forcedClosed: { on: { release: { target: 'closed', actions: 'noteReleased' } } },
  },
})

const openingOf = ({ settings }: BreakerContext, event: BreakerEvent): string => {
  switch (event.type) {
    case 'observed':
      return troubleIn(event.figures, settings) ?? 'FAILURES'
    case 'misconfigured':
      return `MISCONFIGURED ${event.code}`
    default:
      return 'PROBE_FAILED'
  }
}

export const BREAKER_NAMES = ['confirm', 'cancel', 'lookup'] as const
export type BreakerName = (typeof BREAKER_NAMES)[number]
