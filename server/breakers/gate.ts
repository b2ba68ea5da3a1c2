import { type Alarm, type Clock, isoOf } from '../../actors/clock.ts'
import type { Capacity } from '../../actors/log.ts'
import type { Router } from '../../actors/router.ts'
import type { Signals } from '../../actors/signals.ts'
import type { BreakerName } from '../../machines/breaker.ts'
import { type BreakerSettings, DEFAULT_BREAKER, isHanging } from '../../machines/breaker-figures.ts'
import { Limiter, type LimiterBounds } from './limiter.ts'
import { LocalBreaker } from './local-breaker.ts'
import { Probe } from './probe.ts'
import { REPORT_EVERY_MS, type Report, reportSubject } from './report.ts'
import { Turnstile } from './turnstile.ts'
import type { Verdicts } from './verdicts.ts'
import { SILENT_MS } from './word.ts'

export interface GateOptions {
  readonly name: BreakerName
  readonly worker: string
  readonly verdicts: Verdicts
  readonly signals: Signals
  readonly router: Pick<Router, 'ask'>
  readonly clock: Clock
  /** 0…1. */
  readonly random: () => number
  readonly bounds: LimiterBounds
  /** A call that takes longer is slow, whatever is usual; default 3,000 ms. */
  readonly slowMs: number
}

/** How a call ended, as far as the provider's health goes. A declined card is a good end. */
export type CallEnd = { readonly kind: 'good' } | { readonly kind: 'outage' } | { readonly kind: 'misconfigured'; readonly code: string }

export interface GateCall {
  /** Its own deadline, ms, when it is the probe; absent: as long as any call. */
  readonly withinMs?: number
  /** Must be called with its end. */
  ended(end: CallEnd): void
}

/** Slow is twice what is usual, but not below this: a provider that died must be known within a second. */
const SLOW_TIMES = 2
const LEAST_SLOW_MS = 250
/** A probe has so many times as long as a slow call, and a second at least: until it has ended, nobody else may try. */
const PROBE_TIMES = 2
const LEAST_PROBE_MS = 1_000
/** Between reports there is a look so often: that calls hang or fail is reported at once. With reports each 250 ms alone, a provider that refused all was known after 1.08–1.18 s. */
const LOOK_EVERY_MS = 50
/** Before anything was measured. */
const ASSUMED_MS = 400
/** What is fetched beyond the calls under way, so that the next one is at hand when one ends. */
const AHEAD = 2

/**
 * One worker's way to one operation of a provider.
 * G1. Never more calls are under way than the limit, the breaker's share of it, or, while it probes, the one that holds the lease.
 * G2. Those who wait go in the order in which they came.
 * G3. While nobody speaks for the fleet, the worker goes by what it sees itself.
 */
export class Gate {
  readonly #options: GateOptions
  readonly #limiter: Limiter
  readonly #local: LocalBreaker
  readonly #probe: Probe
  readonly #turnstile: Turnstile
  readonly #started = new Map<symbol, number>()
  readonly #unfollow: () => void
  #slice = { calls: 0, failures: 0, slow: 0 }
  #misconfigured: string | undefined
  #goodMs: number
  #reportedMs = Number.NEGATIVE_INFINITY
  #hangs = false
  #alarm: Alarm | undefined

  constructor(options: GateOptions) {
    this.#options = options
    const { verdicts, clock, random, bounds } = options
    this.#limiter = new Limiter(bounds)
    this.#local = new LocalBreaker({ settings: this.#settings, now: () => clock.now(), random })
    this.#probe = new Probe(options)
    this.#turnstile = new Turnstile(() => this.#places)
    this.#goodMs = clock.now()
    this.#unfollow = verdicts.onChange(verdict => {
      if (verdict.name !== options.name) return
      if (!verdict.probing) this.#probe.forget()
      this.#turnstile.turn()
    })
    this.#look()
  }

  /** What may be fetched for it. */
  get capacity(): Capacity {
    return { now: () => (this.#mayTry ? this.#places + AHEAD : 0), changed: () => this.#turnstile.changed() }
  }

  get limit(): number {
    return this.#limiter.limit
  }

  /** Waits for a place. @returns what gives it back; undefined when the gate has been closed for good */
  async enter(): Promise<(() => void) | undefined> {
    for (;;) {
      const leave = await this.#turnstile.enter()
      if (leave === undefined) return undefined
      // While the fleet probes, a place is worth something only with the lease.
      if (!this.#needsLease || (await this.#probe.lease())) return leave
      leave()
      await this.#turnstile.pause(this.#options.clock)
    }
  }

  begin(): GateCall {
    const { clock } = this.#options
    const call = Symbol('call')
    const probed = this.#probe.begin()
    this.#started.set(call, clock.now())
    return {
      ...(probed ? { withinMs: Math.round(Math.max(LEAST_PROBE_MS, PROBE_TIMES * this.#slowAfterMs)) } : {}),
      ended: end => {
        const startedMs = this.#started.get(call) ?? clock.now()
        const inFlight = this.#started.size
        this.#started.delete(call)
        this.#note(clock.now() - startedMs, inFlight, end)
        probed?.(end.kind === 'good')
        this.#turnstile.turn()
      },
    }
  }

  async stop(): Promise<void> {
    this.#alarm?.cancel()
    this.#unfollow()
    this.#turnstile.close()
  }

  get #settings(): BreakerSettings {
    return this.#options.verdicts.of(this.#options.name)?.settings ?? DEFAULT_BREAKER
  }

  get #isAlone(): boolean {
    return this.#options.verdicts.silentMs > SILENT_MS // G3
  }

  get #needsLease(): boolean {
    return !this.#isAlone && this.#options.verdicts.of(this.#options.name)?.probing === true
  }

  /** Whether there is any sense in fetching work. */
  get #mayTry(): boolean {
    return this.#places > 0
  }

  /** G1 */
  get #places(): number {
    if (this.#isAlone) return { all: this.#limiter.limit, one: 1, none: 0 }[this.#local.lets]
    const verdict = this.#options.verdicts.of(this.#options.name)
    if (!verdict) return this.#limiter.limit
    if (verdict.probing) return 1
    return verdict.share === 0 ? 0 : Math.max(1, Math.round(this.#limiter.limit * verdict.share))
  }

  get #usualMs(): number {
    return this.#limiter.usualMs ?? ASSUMED_MS
  }

  get #slowAfterMs(): number {
    return Math.min(this.#options.slowMs, Math.max(LEAST_SLOW_MS, SLOW_TIMES * this.#usualMs))
  }

  #note(ms: number, inFlight: number, end: CallEnd): void {
    const nowMs = this.#options.clock.now()
    const ok = end.kind === 'good'
    this.#slice.calls++
    if (!ok) this.#slice.failures++
    if (ms > this.#slowAfterMs) this.#slice.slow++
    if (end.kind === 'misconfigured') this.#misconfigured = end.code
    if (ok) {
      this.#goodMs = nowMs
      this.#limiter.took(ms, inFlight, nowMs)
    }
    this.#local.probed(ok)
  }

  /** Calls under way that are slow already. */
  get #overdue(): number {
    const beforeMs = this.#options.clock.now() - this.#slowAfterMs
    return [...this.#started.values()].filter(startedMs => startedMs < beforeMs).length
  }

  #look(): void {
    const { clock } = this.#options
    const hangs = isHanging(this.#overdue, this.#started.size)
    if (hangs !== this.#hangs || this.#slice.failures > 0 || clock.now() - this.#reportedMs >= REPORT_EVERY_MS) this.#report()
    this.#hangs = hangs
    this.#alarm = clock.after(LOOK_EVERY_MS, () => this.#look())
  }

  #report(): void {
    const { name, worker, clock, signals } = this.#options
    const nowMs = clock.now()
    const report: Report = {
      name,
      worker,
      at: isoOf(nowMs),
      ...this.#slice,
      inFlight: this.#started.size,
      overdue: this.#overdue,
      limit: this.#limiter.limit,
      usualMs: this.#usualMs,
      sinceGoodMs: nowMs - this.#goodMs,
      ...(this.#misconfigured === undefined ? {} : { misconfigured: this.#misconfigured }),
    }
    this.#slice = { calls: 0, failures: 0, slow: 0 }
    this.#misconfigured = undefined
    this.#reportedMs = nowMs
    this.#local.take(report)
    signals.announce(reportSubject(name), report)
    this.#turnstile.turn() // silence begins and ends without a word
  }
}
