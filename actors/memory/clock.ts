import type { Alarm, Clock } from '../clock.ts'

/** A clock that stands still until it is wound. */
export class HandClock implements Clock {
  #nowMs: number
  readonly #alarms = new Set<{ readonly atMs: number; readonly call: () => void }>()

  constructor(startMs: number) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  after(ms: number, call: () => void): Alarm {
    const alarm = { atMs: this.#nowMs + Math.max(0, ms), call }
    this.#alarms.add(alarm)
    return { cancel: () => void this.#alarms.delete(alarm) }
  }

  /** Winds forward and rings what falls due, earliest first, each at its own instant. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms
    for (let next = this.#next(untilMs); next; next = this.#next(untilMs)) {
      this.#alarms.delete(next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.call()
    }
    this.#nowMs = untilMs
  }

  #next(untilMs: number) {
    return [...this.#alarms].filter(alarm => alarm.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
  }
}
