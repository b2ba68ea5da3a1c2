import { printTable } from '../report.ts'
import { NIGHT, type Part } from './night.ts'

/** Cores that each process took while a part of the country was played. */
export type Cores = Readonly<Record<string, number>>

/** A process of ours is JavaScript, so it has one core for it; so much of it may be used on the night, and the rest takes what a lost zone leaves. */
const USED = 0.6
/** One process for each core used, or one server of its own: these are of ours, and there may be as many as there have to be. */
const OURS = ['web', 'actors', 'payments', 'projector', 'notifier']
const SERVERS = ['nats', 'postgres']

/** What the whole country would take, if all grew as the orders do. Prints it with what it rests upon, and answers the cores by process. */
export const extrapolate = ({ scale }: Part, cores: Cores, keptUp: boolean): Cores => {
  const names = [...OURS, ...SERVERS]
  const whole = Object.fromEntries(names.map(name => [name, (cores[name] ?? 0) / scale]))
  const rows = names.map((name): (string | number)[] => {
    const used = whole[name] ?? 0
    return [name, cores[name] ?? 0, used, OURS.includes(name) ? Math.max(1, Math.ceil(used / USED)) : '']
  })
  const all = Object.values(whole).reduce((sum, used) => sum + used, 0)
  printTable(['the whole country', 'cores now', 'cores then', 'processes'], [...rows, ['all', all * scale, all, '']])
  if (!keptUp)
    console.log(
      'The machine did not keep up, so these cores did less than the part that is named: the country takes more than is said here.\n',
    )
  console.log(`It rests upon this:
- Cores grow as orders, positions, looks and sockets do. That was measured for none of them beyond this machine.
- What a process takes when nobody wants anything is multiplied, too: of a small part the sums are too high. Play a tenth.
- Each process of ours is filled to ${USED * 100} % of a core. The projectors cannot be more than one at work for each stream: where they take more than a core, streams have to be split first.
- The load generator was on the same cores; it is left out of the sums, but what it took the others did not have.
- NATS: one server with one copy of each stream. Three with three copies write everything three times and wait for two.
- Lives are short here: an order ends within seconds, so there were not ${NIGHT.liveOrders.toLocaleString('en')} alive. A million took 3.9 GB of nats-server.
- Providers answered at once, and nobody was slow on purpose. Listeners heard nothing; looks (${NIGHT.looksPerS}/s) and listeners (${NIGHT.listeners.toLocaleString('en')}) are guesses.
`)
  return whole
}
