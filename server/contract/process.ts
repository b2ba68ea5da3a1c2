/** The processes of ours, by what they are for: as services of NATS, and in what they tell of themselves. */
export const PROCESS_ROLES = ['gateway', 'actors', 'payments', 'projector', 'notifier'] as const
export type ProcessRole = (typeof PROCESS_ROLES)[number]
