import { drainBody, drainView, hostsView } from './hosts.ts'
import type { Operation } from './operations.ts'
import { figuresView, lagView, openOrdersView, waitingRoomView } from './watch.ts'

const by = 'an operator'

/** What operators watch, and the hosts that they may send away. */
export const WATCH_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/ops/hosts',
    summary: 'The hosts that are alive, with their shards, and who was made to leave',
    by,
    status: 200,
    reply: hostsView,
    errors: ['FORBIDDEN'],
  },
  {
    method: 'post',
    path: '/api/ops/hosts/{host}/drain',
    summary: 'Makes a host leave: it finishes what is in hand and gives its shards to the others; who and why are kept',
    by,
    body: drainBody,
    status: 200,
    reply: drainView,
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID', 'LAST_HOST'],
  },
  {
    method: 'get',
    path: '/api/ops/lag',
    summary: 'How far each reader of the log is from its end',
    by,
    status: 200,
    reply: lagView,
    errors: ['FORBIDDEN'],
  },
  {
    method: 'get',
    path: '/api/ops/waiting-room',
    summary: 'How many payments wait for their turn, how fast they are let in, and who has waited longest',
    by,
    status: 200,
    reply: waitingRoomView,
    errors: ['FORBIDDEN'],
  },
  {
    method: 'get',
    path: '/api/ops/open-orders',
    summary: 'Open orders, counted by status and by where they go; two seconds old at most, and as far as the read model has come',
    by,
    status: 200,
    reply: openOrdersView,
    errors: ['FORBIDDEN', 'READ_MODEL_UNAVAILABLE'],
  },
  {
    method: 'get',
    path: '/api/ops/figures',
    summary: 'Throughput and latency now, of the gateway that answers',
    by,
    status: 200,
    reply: figuresView,
    errors: ['FORBIDDEN'],
  },
]
