import type { Service, Surroundings } from './processes.ts'
import { Supervised } from './processes.ts'

/**
 * Who leaves together, and by when, in ms from the first signal: readers and doors before what they stand on. Whoever is
 * late is killed, so the whole is over within 10 s. `actors` names `actors-1`, `actors-2` …, too.
 */
const LEAVING: readonly { readonly names: readonly string[]; readonly byMs: number }[] = [
  { names: ['web'], byMs: 2_500 },
  { names: ['payments', 'notifier'], byMs: 4_500 },
  { names: ['projector'], byMs: 5_500 },
  { names: ['actors'], byMs: 7_000 },
  { names: ['psp', 'kakao'], byMs: 7_500 },
  { names: ['nats'], byMs: 8_500 },
  { names: ['postgres'], byMs: 9_500 },
]
/** Even the last in a late row gets this long. */
const LEAST_MS = 300

/** All supervised processes of one house, by name. */
export class Crew {
  readonly #around: Surroundings
  readonly #members = new Map<string, Supervised>()

  constructor(around: Surroundings) {
    this.#around = around
  }

  /** Starts a service and waits for it. @throws what Supervised.start does */
  async start(service: Service, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const member = new Supervised(service, this.#around)
    this.#members.set(member.name, member)
    await member.start(signal)
  }

  /** Stops the one of this name and starts another in its place. @throws what Supervised.start does */
  async replace(service: Service, signal: AbortSignal): Promise<void> {
    await this.#members.get(service.name)?.stop()
    await this.start(service, signal)
  }

  /** Waits until every one is ready at this moment: one that started early may have fallen since. */
  async allReady(signal: AbortSignal): Promise<void> {
    await Promise.all([...this.#members.values()].map(member => member.ready(signal)))
  }

  pids(): Record<string, number> {
    return Object.fromEntries([...this.#members.values()].flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, pid]])))
  }

  /** @throws Error when nobody has that name */
  kill(name: string, signal: NodeJS.Signals): void {
    const member = this.#members.get(name)
    if (!member) throw new Error(`no process ${name}, only ${[...this.#members.keys()].join(', ')}`)
    member.kill(signal)
  }

  /** Ends everything at once, without waiting: for the moment when we ourselves end. */
  killAll(): void {
    for (const member of this.#members.values()) member.kill('SIGKILL')
  }

  async stop(): Promise<void> {
    const { now } = this.#around
    const since = now()
    for (const { names, byMs } of LEAVING) {
      const graceMs = Math.max(LEAST_MS, since + byMs - now())
      const leaving = [...this.#members.values()].filter(({ name }) => names.includes(name.replace(/-\d+$/, '')))
      await Promise.all(leaving.map(member => member.stop(graceMs)))
    }
  }
}
