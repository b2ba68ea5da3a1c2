import type { Place } from '../map/scene.ts'
import { type Battery, isStill, pingEveryMs, type Stand, standAt, wantsGps } from './ping-rate.ts'

/** Where the device is, by itself. */
export interface Fix extends Place {
  /** The device's clock, milliseconds since 1970. */
  readonly atMs: number
}
/** `denied`: a person has said no, and only a person can change it. `unavailable`: no satellites, no network, for now. */
export type GpsProblem = 'denied' | 'unavailable'

/** `silent`: nothing new for a while, which says nothing of a device that lies still. */
export type LocatorProblem = GpsProblem | 'silent'

/** The device's sense of place. */
export interface Locator {
  /** Tells every new fix. @returns a function that ends it */
  watch(found: (fix: Fix) => void, failed: (problem: LocatorProblem) => void, precise: boolean): () => void
}

export interface Tracked {
  readonly gps: 'off' | 'asking' | 'found' | GpsProblem
  readonly fix?: Fix
  /** When the server last took one, by the device's clock. */
  readonly sentMs?: number
  readonly everyMs: number
}

export interface TrackerOptions {
  readonly locator: Locator
  /** True: the server has it. */
  readonly send: (fix: Fix) => Promise<boolean>
  readonly now: () => number
  readonly changed: () => void
}

/**
 * Tells the server where the rider is, as often as it is worth the battery.
 * K1. Nothing is looked for and nothing sent before `start` and after `stop`.
 * K2. A fix is sent once, with its own instant; the older of two never after the newer.
 * K3. One is under way at a time: a slow line gets fewer, not more.
 * K4. What was found is not said to be so still: a watch that has fallen silent, as it does on a device that lies still, is begun anew, which brings
 *     a fix of now or a problem. One that has found nothing yet is left alone: cold GPS takes its time.
 */
export class Tracker {
  readonly #options: TrackerOptions
  #state: Tracked
  #battery: Battery | undefined
  #delivering = false
  #stand: Stand | undefined
  #sent: Fix | undefined
  #triedMs = Number.NEGATIVE_INFINITY
  #lookedMs = Number.NEGATIVE_INFINITY
  #sending = false
  #watch: { readonly end: () => void; readonly precise: boolean; fruitful: boolean } | undefined

  constructor(options: TrackerOptions) {
    this.#options = options
    this.#state = { gps: 'off', everyMs: this.#everyMs() }
  }

  get state(): Tracked {
    return this.#state
  }

  start(): void {
    if (this.#watch) return
    this.#become({ gps: 'asking' })
    this.#look()
  }

  stop(): void {
    if (!this.#watch) return
    this.#watch.end()
    this.#watch = undefined
    this.#stand = undefined
    this.#state = { gps: 'off', everyMs: this.#everyMs() } // K1: where he was is forgotten here, too
    this.#options.changed()
  }

  /** Somebody has changed the permission, or wants it tried again. */
  again(): void {
    if (!this.#watch) return
    this.#become({ gps: 'asking' })
    this.#look()
  }

  live(circumstances: { readonly delivering: boolean; readonly battery?: Battery | undefined }): void {
    this.#delivering = circumstances.delivering
    this.#battery = circumstances.battery
    if (this.#watch && this.#watch.precise !== this.#precise()) this.#look()
    this.tick()
  }

  /** The line is back: the server has not heard for a while. */
  resend(): void {
    this.#sent = undefined
    this.#triedMs = Number.NEGATIVE_INFINITY
    this.tick()
  }

  /** Called every second or so. */
  tick(): void {
    const everyMs = this.#everyMs()
    if (everyMs !== this.#state.everyMs) this.#become({ everyMs })
    const nowMs = this.#options.now()
    if (!this.#watch || this.#sending || nowMs - this.#triedMs < everyMs) return
    const { fix } = this.#state
    if (fix && fix.atMs > (this.#sent?.atMs ?? Number.NEGATIVE_INFINITY)) void this.#send(fix)
    else if (this.#watch.fruitful && nowMs - this.#lookedMs >= everyMs) this.#look() // K4
  }

  #look(): void {
    this.#watch?.end()
    this.#lookedMs = this.#options.now()
    const precise = this.#precise()
    this.#watch = { precise, fruitful: false, end: this.#options.locator.watch(this.#found, this.#failed, precise) }
  }

  #found = (fix: Fix): void => {
    if (!this.#watch) return // K1
    this.#watch.fruitful = true
    if (fix.atMs < (this.#state.fix?.atMs ?? 0)) return // K2
    this.#stand = standAt(this.#stand, fix, this.#options.now())
    this.#become({ gps: 'found', fix })
    this.tick()
  }

  #failed = (problem: LocatorProblem): void => {
    if (!this.#watch) return
    if (problem !== 'silent') this.#become({ gps: problem })
    else if (!this.#watch.fruitful) this.#become({ gps: 'unavailable' }) // K4
  }

  async #send(fix: Fix): Promise<void> {
    this.#sending = true // K3
    this.#triedMs = this.#options.now()
    const taken = await this.#options.send(fix).catch(() => false)
    this.#sending = false
    if (!taken || !this.#watch) return
    this.#sent = fix
    this.#become({ sentMs: this.#options.now() })
  }

  #become(change: Partial<Tracked>): void {
    this.#state = { ...this.#state, ...change }
    this.#options.changed()
  }

  #everyMs(): number {
    return pingEveryMs(this.#circumstances())
  }

  #precise(): boolean {
    return wantsGps(this.#circumstances())
  }

  #circumstances() {
    return { delivering: this.#delivering, still: isStill(this.#stand, this.#options.now()), battery: this.#battery }
  }
}
