/** Where one user's answers come. Rights are by user, so that nobody who looks on hears what another has asked. */
export const inboxPrefix = (user = ''): string => (user === '' ? '_INBOX' : `_INBOX_${user}`)

const INBOX = /^_INBOX(_[\w-]+)?\.[\w.-]+$/

/** NATS asks no right of the subject that a question names for its answer, and an answer goes out with our own: it goes to inboxes alone. */
export const isInbox = (subject: string | undefined): boolean => INBOX.test(subject ?? '')
