import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 5
const EVERY_MS = 50

/** How late this process is for whatever it has to do: what a request waits before anybody looks at it. */
export class LoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  readonly #timer: NodeJS.Timeout
  #ms = 0

  constructor() {
    this.#histogram.enable()
    this.#timer = setInterval(() => this.#look(), EVERY_MS).unref()
  }

  /** Of the last moments, ms; smoothed, so that one long task is not taken for trouble. */
  get ms(): number {
    return this.#ms
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#histogram.disable()
  }

  #look(): void {
    const seenMs = Number.isFinite(this.#histogram.mean) ? Math.max(0, this.#histogram.mean / 1e6 - RESOLUTION_MS) : EVERY_MS
    this.#histogram.reset()
    this.#ms += (seenMs - this.#ms) / 4
  }
}
