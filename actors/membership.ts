import type { Bucket } from './bucket.ts'
import { type Alarm, type Clock, isoOf } from './clock.ts'
import type { Signals } from './signals.ts'

/** What a host says of itself. */
export interface HostAbout {
  /** When it took its place, ISO 8601 UTC. */
  readonly since: string
  /** The kinds of actors that it hosts. */
  readonly kinds: readonly string[]
  /** Where its process is to be found. */
  readonly machine?: string
  readonly pid?: number
}

/** What a host writes under its name. A host of an earlier release says nothing of itself. */
export interface HostSign extends Partial<HostAbout> {
  readonly at: string
}

export interface MembershipOptions {
  /** This host's name, a subject token, unique to this life of it. */
  readonly host: string
  /** Told with every sign, for people. */
  readonly about?: HostAbout
  /** Where hosts sign: values live MEMBERSHIP_TTL_MS. */
  readonly bucket: Bucket<HostSign>
  readonly signals: Signals
  readonly clock: Clock
  /** Told of the live hosts, sorted, whenever they change; the first time before `join` ends. */
  readonly onChange: (hosts: readonly string[]) => Promise<void>
}

/** A host that signs no more is given up after this: three signs missed, and one to be sure. */
export const MEMBERSHIP_TTL_MS = 2_000
/** The bucket in which all hosts sign. */
export const HOSTS = { name: 'hosts', ttlMs: MEMBERSHIP_TTL_MS, storage: 'memory' } as const
const SIGN_EVERY_MS = MEMBERSHIP_TTL_MS / 4
const CHANGED = 'hosts.changed'

/**
 * Which hosts are alive. Nobody elects anybody: each reads the same signs and draws the same conclusion.
 * M1. Being wrong for a while only costs time: two owners of a shard are kept apart by the log's guards.
 * M2. While the signs cannot be read, the last known hosts stand.
 */
export class Membership {
  readonly #options: MembershipOptions
  #hosts: readonly string[] = []
  #alarm: Alarm | undefined
  #hearing: { stop(): void } | undefined
  #looking: Promise<void> = Promise.resolve()
  #left = false

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  get hosts(): readonly string[] {
    return this.#hosts
  }

  /** Signs, tells the others, and answers once this host knows its place. @throws when the bucket does not answer */
  async join(): Promise<void> {
    await this.#sign()
    this.#hearing = this.#options.signals.hear(CHANGED, () => void this.#look())
    this.#options.signals.announce(CHANGED, {})
    await this.#look()
    this.#signLater()
  }

  /** Takes the sign away and tells the others, who then take over. */
  async leave(): Promise<void> {
    this.#left = true
    this.#alarm?.cancel()
    this.#hearing?.stop()
    await this.#looking
    await this.#options.bucket.delete(this.#options.host).catch(() => undefined) // it lapses by itself
    this.#options.signals.announce(CHANGED, {})
  }

  #signLater(): void {
    if (this.#left) return
    this.#alarm = this.#options.clock.after(SIGN_EVERY_MS, () => {
      void this.#sign()
        .then(() => this.#look())
        .catch(() => undefined) // M2
        .finally(() => this.#signLater())
    })
  }

  async #sign(): Promise<void> {
    const { bucket, host, clock, about } = this.#options
    await bucket.put(host, { at: isoOf(clock.now()), ...about })
  }

  /** One look at a time, for a change is acted on in order. */
  #look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#lookNow()).catch(() => undefined) // M2
    return this.#looking
  }

  async #lookNow(): Promise<void> {
    if (this.#left) return
    // A host that still runs counts itself, even if its sign was late: M1.
    const hosts = [...new Set([...(await this.#options.bucket.all()).keys(), this.#options.host])].sort()
    if (hosts.join() === this.#hosts.join()) return
    this.#hosts = hosts
    await this.#options.onChange(hosts)
  }
}
