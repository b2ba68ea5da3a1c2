import { KINDS } from '../actors/kinds/all.ts'
import { HOSTS, type HostSign } from '../actors/membership.ts'
import { askedOf, HOUSE_FLAGS } from '../config/whereabouts.ts'
import type { MessageRecord } from './contract/messages.ts'
import { failing, reasonOf, say, untilStopped } from './house-command.ts'
import { connectHouse } from './house-nats.ts'
import { MESSAGE_BOOK } from './message-book.ts'
import { type Refused, type Restored, restore } from './restoring/restoring.ts'

const HELP = `Writes the log anew from the archive in PostgreSQL: the newest record of every actor and every order that the log would hold,
with the effects and timers that each waits for. For the day on which ORDERS and ENTITIES are lost.

  npm start -- --servers-only     (in a second terminal: NATS and PostgreSQL, and nobody who writes)
  npm run restore -- [flags]

  --repair           into streams that hold something: adds what they lack, and asks once more for what is waited for
${HOUSE_FLAGS}
Lists by name what is known not to have been archived. Ctrl-C ends it after the batch in hand; go on with --repair.
Ends with 1 when it was not done.
`

const fail = failing('restore')

const report = ({ actors, pending, lacking, unarchived, inbox }: Restored): void => {
  for (const { address, wait } of lacking) say(`cannot be asked for again: ${address} waits for ${wait}`)
  for (const { address, archived, had, by } of unarchived)
    say(`not archived: ${address} ${archived === 0 ? 'at all' : `beyond version ${archived}`}; it had version ${had}, by ${by}`)
  say(
    `written: ${
      Object.entries(actors)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', ') || 'nothing'
    }`,
  )
  const { effects, timers, told, announcements } = pending
  say(`asked for again: ${effects} effects, ${timers} timers, ${told} tells, ${announcements} announcements`)
  if (inbox > 0) say(`in the inbox, and carried out once a host is there: ${inbox} commands`)
  say(`known not to be archived: ${unarchived.length}`)
}

const refusalOf = (refused: Refused): string => {
  switch (refused.kind) {
    case 'noArchive':
      return 'PostgreSQL has no archive; nothing was written'
    case 'notEmpty':
      return `${refused.stream} holds ${refused.messages} messages, so this log is not lost. --repair adds what it lacks; nothing was written`
    case 'hosts':
      return `hosts are there (${refused.hosts.join(', ')}) and would write meanwhile: stop them first; nothing was written`
  }
}

const asked = askedOf('restore', process.argv.slice(2), undefined, { switches: ['repair'] })
if (asked.kind === 'help') {
  process.stdout.write(HELP)
  process.exit(0)
}
if (asked.kind === 'wrong') fail(asked.line, 2)
else if (asked.kind === 'house') {
  const signal = untilStopped('interrupted: what was written stays; go on with --repair', 'stopping after the batch in hand')
  const { databaseUrl } = asked.where
  try {
    const nats = await connectHouse(asked.where, 'restore')
    await nats.ensureStreams()
    const restored = await restore({
      databaseUrl,
      log: nats.log,
      fullness: () => nats.log.fullness(),
      hosts: await nats.bucket<HostSign>(HOSTS.name, HOSTS),
      book: await nats.bucket<MessageRecord>(MESSAGE_BOOK.name, MESSAGE_BOOK),
      kinds: KINDS,
      mode: asked.own.repair ? 'repair' : 'whole',
      now: Date.now,
      tell: say,
      signal,
    })
    await nats.close()
    if (restored.kind !== 'restored') fail(refusalOf(restored), 1)
    else report(restored)
    process.exit(0)
  } catch (error) {
    fail(reasonOf(signal.aborted ? signal.reason : error), 1)
  }
}
