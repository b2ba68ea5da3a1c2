import { streamsOf } from '../config/streams.ts'
import { askedOf, HOUSE_FLAGS } from '../config/whereabouts.ts'
import { type Verified, verify } from './db/verify.ts'
import { failing, reasonOf, say } from './house-command.ts'
import { connectHouse } from './house-nats.ts'

const HELP = `Compares the log with the archive, record by record, and both with the read model. Orders may go on meanwhile.

  npm run verify -- [flags]

${HOUSE_FLAGS}
Prints what was compared and the first differences. Ends with 1 when there are any, and with 2 when it could not compare.
`

/** The streams whose records are archived. */
const ARCHIVED = ['ORDERS', 'ENTITIES']
const NS_PER_MS = 1e6

const fail = failing('verify')

const report = ({ archive, servers, orders, catalogue, behind, differences }: Verified): void => {
  for (const [stream, { compared, forgotten, poison }] of Object.entries(archive)) {
    say(`${stream}: ${compared} records are in the log and the archive, ${forgotten} in the archive alone as they may be`)
    if (poison > 0) say(`${stream}: ${poison} messages that are no records`)
    if (behind[stream]) say(`${stream}: ${behind[stream]} messages are not written yet, and were left out`)
  }
  for (const [stream, names] of Object.entries(servers))
    if (names.length > 0) say(`${stream}: the copies of ${names.join(', ')} were compared`)
  say(`read model: ${orders.orders} orders, ${orders.steps} steps, ${catalogue} stores and menus`)
  if (orders.poison > 0) say(`read model: ${orders.poison} records that nothing can show`)
  for (const { what, how } of differences.shown) say(`different: ${what}: ${how}`)
  const more = differences.count - differences.shown.length
  if (more > 0) say(`and ${more} more`)
  say(`differences: ${differences.count}`)
}

const asked = askedOf('verify')
if (asked.kind === 'help') {
  process.stdout.write(HELP)
  process.exit(0)
}
if (asked.kind === 'wrong') fail(asked.line, 2)
else if (asked.kind === 'house') {
  const { databaseUrl, replicas } = asked.where
  const streams = streamsOf(replicas)
    .filter(({ name }) => ARCHIVED.includes(name))
    .map(({ name, max_msgs_per_subject: perActor, max_age: maxAgeNs }) => ({
      name,
      ...(typeof perActor === 'number' ? { perActor } : {}),
      ...(typeof maxAgeNs === 'number' ? { maxAgeMs: maxAgeNs / NS_PER_MS } : {}),
    }))
  try {
    const nats = await connectHouse(asked.where, 'verify')
    const verified = await verify({
      databaseUrl,
      log: nats.log,
      copies: (stream, upTo) => nats.log.copies(stream, upTo),
      streams,
      now: Date.now,
      tell: say,
    })
    await nats.close()
    report(verified)
    process.exit(verified.differences.count > 0 ? 1 : 0)
  } catch (error) {
    fail(reasonOf(error), 2)
  }
}
