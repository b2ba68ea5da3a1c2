import { askedOf, HOUSE_FLAGS } from '../config/whereabouts.ts'
import { rebuild } from './consumers/projector-rebuild.ts'
import { failing, reasonOf, say, untilStopped } from './house-command.ts'
import { connectHouse } from './house-nats.ts'

const HELP = `Builds the read model anew, from the archive and then the log, while orders go on.

  npm run rebuild -- [flags]

${HOUSE_FLAGS}
The read model that is there is read until the new one takes its place, all at once. Ctrl-C leaves it as it is. The archive
stays. Ends with 1 when nothing was rebuilt.
`

const fail = failing('rebuild')

const asked = askedOf('rebuild')
if (asked.kind === 'help') {
  process.stdout.write(HELP)
  process.exit(0)
}
if (asked.kind === 'wrong') fail(asked.line, 2)
else if (asked.kind === 'house') {
  const signal = untilStopped('interrupted: nothing was changed', 'stopping; the read model stays as it was')
  const { databaseUrl } = asked.where
  try {
    const nats = await connectHouse(asked.where, 'rebuild')
    const rebuilt = await rebuild({ databaseUrl, log: nats.log, now: Date.now, tell: say, signal })
    await nats.close()
    switch (rebuilt.kind) {
      case 'rebuilt':
        say(`rebuilt: ${rebuilt.orders} orders, ${rebuilt.steps} steps, ${rebuilt.stores} stores`)
        process.exit(0)
        break
      case 'busy':
        fail('another rebuild is under way', 1)
        break
      case 'held':
        fail('somebody holds the tables of the old read model (see pg_locks); nothing was changed', 1)
    }
  } catch (error) {
    fail(signal.aborted ? reasonOf(signal.reason) : `${reasonOf(error)}; nothing was changed`, 1)
  }
}
