/** A stream for a test's own kinds, with all that the runtime needs of one. */
export const actorStream = (name: string, subjects: readonly string[]) => ({
  name,
  subjects,
  storage: 'file',
  allow_direct: true,
  allow_atomic: true,
  allow_msg_schedules: true,
  allow_msg_ttl: true,
  allow_rollup_hdrs: true,
  republish: { src: '>', dest: 'live.>' },
})

export const DEADLETTERS = { name: 'DEADLETTERS', subjects: ['dead.>'], storage: 'file', allow_direct: true }
