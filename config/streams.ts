/**
 * The streams, declared as data; a process creates them, or compares and updates them, when it starts.
 * ORDERS forgets after three days (history lives in the read model); ENTITIES never forgets a quiet actor; INBOX forgets
 * what has been executed, INTAKE what is a day old.
 */
const DAY_NS = 86_400 * 1e9

const subjectsOf = (kind: string): string[] => [`evt.${kind}.>`, `fx.*.${kind}.>`, `timer.${kind}.>`, `due.${kind}.>`]

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

const DECLARED: readonly StreamDeclaration[] = [
  { ...common, name: 'ORDERS', subjects: [...subjectsOf('order'), 'out.delivery.>', 'out.alert.>'], max_age: 3 * DAY_NS },
  {
    ...common,
    name: 'ENTITIES',
    subjects: [...['store', 'menu', 'rider', 'customer', 'breaker', 'channel'].flatMap(subjectsOf), 'out.grade.>', 'out.drain.>'],
    // The newest record of each actor is its state; 64 more let a reader that was away for a while see the steps between.
    max_msgs_per_subject: 64,
  },
  {
    // A work queue: what is executed is removed. A full one refuses, so that nothing taken is ever dropped for something newer.
    name: 'INBOX',
    subjects: ['inbox.>'],
    retention: 'workqueue',
    storage: 'file',
    discard: 'new',
    // An order is about 1.5 KB: 1.5 GB at most.
    max_msgs: 1_000_000,
    allow_direct: true,
  },
  {
    // Counters: orders taken by a store in a quarter of an hour. Only the newest message of a subject, its sum, means anything.
    name: 'INTAKE',
    subjects: ['intake.>'],
    retention: 'limits',
    storage: 'file',
    discard: 'old',
    allow_direct: true,
    allow_msg_counter: true,
    max_msgs_per_subject: 1,
    max_age: DAY_NS,
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

/** @param replicas copies of each stream, on as many servers: 1, 3 or 5 */
export const streamsOf = (replicas: number): readonly StreamDeclaration[] =>
  DECLARED.map(declared => ({ ...declared, num_replicas: replicas }))

/** As one server keeps them. */
export const STREAMS = streamsOf(1)
