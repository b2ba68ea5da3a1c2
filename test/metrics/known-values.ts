import { ACTOR_CODES } from '../../actors/codes.ts'
import { kindsOf } from '../../actors/kinds/all.ts'
import { STREAMS } from '../../config/streams.ts'
import { BREAKER_NAMES } from '../../machines/breaker.ts'
import { DEFAULT_GRADES } from '../../machines/customer.ts'
import { ERRORS } from '../../server/contract/error-table.ts'
import { OPERATIONS } from '../../server/contract/operations.ts'
import { COMMAND_NAMES } from '../../server/contract/order-commands.ts'
import { PROCESS_ROLES } from '../../server/contract/process.ts'
import { PUSHES } from '../../server/contract/pushes.ts'
import { REQUESTS } from '../../server/contract/requests.ts'
import { HEALTH_PATHS } from '../../server/health.ts'
import { ORDER_EVENTS } from '../../server/metrics/actors.ts'
import type { Sampled } from './scrape.ts'

const routes = OPERATIONS.map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1'))
const statuses = Object.values(ERRORS).map(({ status }) => String(status))

/** All that a label may ever say, over all metrics of ours. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  role: PROCESS_ROLES,
  operation: [...BREAKER_NAMES, 'publish', 'subscription'],
  breaker: BREAKER_NAMES,
  direction: ['in', 'out'],
  state: ['used', 'idle'],
  stream: STREAMS.map(({ name }) => name),
  reader: [
    ...['confirmPayment', 'lookUpPayment', 'cancelPayment'].map(src => `fx-${src}`),
    ...['timers', 'tell', 'inbox', 'retries', 'notifier', 'notifier-alerts', 'notifier-offers'],
  ],
  method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'other'],
  route: [...routes, ...HEALTH_PATHS, 'none'],
  status: ['200', '201', '202', '204', '304', ...statuses],
  command: COMMAND_NAMES,
  request: Object.keys(REQUESTS),
  code: ['ok', 'waits', ...Object.keys(ERRORS), 'MACHINE_FAILED', 'UNKNOWN_VERSION', 'ACTOR_ENDED'],
  kind: kindsOf({ grades: DEFAULT_GRADES }).map(({ name }) => name),
  event: [...Object.keys(PUSHES), ...ORDER_EVENTS, 'other'],
  outcome: [
    'moved',
    'repeated',
    'taken',
    'late',
    ...ACTOR_CODES,
    ...Object.keys(ERRORS),
    'delivered',
    'failed',
    'unknown',
    'underway',
    'lost',
  ],
  end: [
    'approved',
    'declined',
    'canceled',
    'absent',
    'unknown',
    'misconfigured',
    'sent',
    'refused',
    'unreached',
    'accepted',
    'gone',
    'later',
  ],
  finding: ['agreed', 'doubt', 'nobodysOrder', 'otherAmount', 'unasked', 'givenBackElsewhere'],
  channel: ['alimtalk', 'webPush'],
}

/** Labels of ours that say what nobody has foreseen, an id among them: `route="/api/orders/o_81"`. */
export const strangersIn = (samples: readonly Sampled[]): string[] =>
  samples
    .filter(({ name }) => !/^nodejs_/.test(name))
    .flatMap(({ name, labels }) =>
      Object.entries(labels)
        .filter(([label, value]) => label !== 'le' && !KNOWN[label]?.includes(value))
        .map(([label, value]) => `${name} ${label}=${JSON.stringify(value)}`),
    )
