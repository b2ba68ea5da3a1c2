import { askedOf, HOUSE_FLAGS } from '../config/whereabouts.ts'
import { restoreBackup } from './backup/restore-backup.ts'
import { failing, reasonOf, say, untilStopped } from './house-command.ts'
import { connectHouse } from './house-nats.ts'

const HELP = `Puts a backup into NATS and PostgreSQL, which must be empty; no process of the house may run.

  NATS_URL=… DATABASE_URL=… npm run restore-backup -- --from DIR [flags]

  --from DIR         what npm run backup has made
${HOUSE_FLAGS}
Where npm start has its own servers, let it do it: npm start -- --data-dir NEW --from DIR. What happened after the backup is not in it.
What fails, or Ctrl-C, leaves the servers as empty as they were. Ends with 1 when nothing was put back.
`

const fail = failing('restore-backup')

const asked = askedOf('restore-backup', process.argv.slice(2), undefined, { names: ['from'] })
if (asked.kind === 'help') process.stdout.write(HELP)
else if (asked.kind === 'wrong') fail(asked.line, 2)
else if (asked.kind === 'alone' || !asked.own.from)
  fail('from where? Name a backup with --from. "npm run restore-backup -- --help" lists the flags.', 2)
else {
  const signal = untilStopped('interrupted: nothing was put back')
  const { databaseUrl, replicas } = asked.where
  try {
    const nats = await connectHouse(asked.where, 'restore-backup')
    const { snapshots } = nats
    const from = { dir: asked.own.from, tell: say, signal }
    const { takenAt } = await restoreBackup({ databaseUrl, snapshots, replicas, ...from })
    await nats.close()
    say(`restored: the house as it was at ${takenAt}. Start it (its first step is migrate), then compare all of it: npm run verify`)
    process.exit(0)
  } catch (error) {
    fail(reasonOf(signal.aborted ? signal.reason : error), 1)
  }
}
