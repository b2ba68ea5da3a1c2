import { askedOf, HOUSE_FLAGS, type Reachable } from '../config/whereabouts.ts'
import { checkBackup } from './backup/check-backup.ts'
import { filesOf, type Manifest, readManifest } from './backup/manifest.ts'
import { takeBackup } from './backup/take-backup.ts'
import { failing, reasonOf, say, untilStopped } from './house-command.ts'
import { connectHouse } from './house-nats.ts'

const HELP = `Copies every stream and every table into a directory, while orders go on; npm run restore-backup puts them back.

  npm run backup -- --to DIR [flags]
  npm run backup -- --check DIR

  --to DIR           where to; it must not be there yet
  --check DIR        only looks whether that backup is whole, byte by byte, and needs no house
${HOUSE_FLAGS}
What is in it is for nobody else's eyes: addresses, and the hashes of passwords. Secrets of the house are not in it: keep those apart.
Ctrl-C leaves nothing behind. Ends with 1 when no backup was made, or the one that was looked at is not whole.
`

const fail = failing('backup')

const inMb = (manifest: Manifest): string => `${(filesOf(manifest).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1)} MB`
const countsOf = ({ nats, postgres }: Manifest): string => {
  const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0)
  const messages = sum(nats.streams.map(stream => stream.messages))
  return `${messages} messages in ${nats.streams.length} streams, ${sum(postgres.tables.map(({ rows }) => rows))} rows`
}

const check = async (dir: string): Promise<void> => {
  try {
    const manifest = await readManifest(dir)
    const wrong = await checkBackup(dir, manifest)
    for (const line of wrong) say(`wrong: ${line}`)
    if (wrong.length > 0) fail('it is not whole', 1)
    say(`whole: of ${manifest.takenAt}, ${countsOf(manifest)}, ${inMb(manifest)}`)
  } catch (error) {
    fail(reasonOf(error), 1)
  }
}

const take = async (where: Reachable, dir: string): Promise<void> => {
  const signal = untilStopped('interrupted: nothing was left behind')
  try {
    const nats = await connectHouse(where, 'backup')
    const beganMs = Date.now()
    const { databaseUrl } = where
    const { snapshots } = nats
    const manifest = await takeBackup({ databaseUrl, snapshots, dir, now: Date.now, tell: say, signal })
    await nats.close()
    say(
      `backup of ${manifest.takenAt} is in ${dir}: ${countsOf(manifest)}, ${inMb(manifest)}, in ${((Date.now() - beganMs) / 1e3).toFixed(1)} s`,
    )
    process.exit(0)
  } catch (error) {
    fail(reasonOf(signal.aborted ? signal.reason : error), 1)
  }
}

const asked = askedOf('backup', process.argv.slice(2), undefined, { names: ['to', 'check'], alone: ['check'] })
if (asked.kind === 'help') process.stdout.write(HELP)
else if (asked.kind === 'wrong') fail(asked.line, 2)
else if (asked.kind === 'alone') await check(asked.own.check ?? '')
else if (!asked.own.to) fail('where to? Name a directory with --to. "npm run backup -- --help" lists the flags.', 2)
else await take(asked.where, asked.own.to)
