/** Every code the runtime itself can answer with. The server's error table has a row for each. */
export const ACTOR_CODES = [
  'NOT_FOUND', // no such actor, and the event does not create one
  'ALREADY_EXISTS', // creating what exists is refused, never a reset
  'REFUSED', // the machine has no transition for this event now
  'VERSION_MISMATCH', // expectedVersion is not the actor's version
  'STALE', // a timer or an effect the actor no longer waits for
  'MAILBOX_FULL', // too many commands wait for this one actor
  'HOST_FULL', // the host holds as many busy actors as it may
  'DRAINING', // the host is leaving; another one takes over
  'NO_HOST', // nobody answers for this shard before the deadline
  'LOG_UNAVAILABLE', // JetStream did not acknowledge; the outcome is unknown until asked again
  'MACHINE_FAILED', // a guard, assign or action threw: the actor stays as it was
  'UNKNOWN_VERSION', // the record was written by a machine this host does not know
  'BAD_COMMAND', // not a command at all
] as const
export type ActorCode = (typeof ACTOR_CODES)[number]
