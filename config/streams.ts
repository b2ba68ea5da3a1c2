/**
 * The streams, declared as data; a process creates them, or compares and updates them, when it starts.
 * ORDERS forgets after three days (history lives in the read model); ENTITIES never forgets a quiet actor.
 */
const DAY_NS = 86_400 * 1e9

const subjectsOf = (kind: string): string[] => [`evt.${kind}.>`, `fx.*.${kind}.>`, `timer.${kind}.>`, `due.${kind}.>`, `inbox.${kind}.>`]

const common = {
  retention: 'limits',
  storage: 'file',
  discard: 'old',
  allow_direct: true,
  allow_atomic: true,
  allow_msg_schedules: true,
  allow_msg_ttl: true,
  allow_rollup_hdrs: true,
  // One republish rule per stream is all JetStream has, so it takes the whole stream: readers name what they want.
  republish: { src: '>', dest: 'live.>' },
} as const

export interface StreamDeclaration {
  readonly name: string
  readonly subjects: readonly string[]
  readonly [setting: string]: unknown
}

export const STREAMS: readonly StreamDeclaration[] = [
  { ...common, name: 'ORDERS', subjects: [...subjectsOf('order'), 'out.delivery.>'], max_age: 3 * DAY_NS },
  {
    ...common,
    name: 'ENTITIES',
    subjects: ['store', 'menu', 'rider', 'customer', 'breaker'].flatMap(subjectsOf),
    // The newest record of each actor is its state; 64 more let a reader that was away for a while see the steps between.
    max_msgs_per_subject: 64,
  },
  {
    name: 'DEADLETTERS',
    subjects: ['dead.>'],
    retention: 'limits',
    storage: 'file',
    discard: 'old',
    allow_direct: true,
    max_age: 30 * DAY_NS,
  },
]
