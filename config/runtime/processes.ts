import { setTimeout as pause } from 'node:timers/promises'
import { type Ending, lastLine, launch, logPath, type Program, type Rooms, type Running, stopRunning } from './launch.ts'
import { Problem, problemOf } from './problem.ts'
import type { Facts, TextKey } from './texts.ts'

/** A program that should always run. */
export interface Service extends Program {
  /** Clears the way before each start. */
  prepare?(): Promise<void>
  /** Asks once whether it serves; false while it does not, never throws. */
  isReady(pid: number): Promise<boolean>
  /** How often it may end before it was ever ready, default 1: a wrong setting does not get better by trying again. */
  readonly firstTries?: number
}

export interface Surroundings {
  readonly rooms: Rooms
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly say: (key: TextKey, facts: Facts) => void
}

const FIRST_BACKOFF_MS = 500
const LAST_BACKOFF_MS = 10_000
/** Up for this long: the next end is a new trouble, not the old one again. */
const STEADY_MS = 30_000
const READY_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 40

/**
 * Keeps one program running.
 * P1. Once it was ready it is started again however it ends, 0.5 s later, then 1 s … 10 s.
 * P2. Before it was ever ready, its end is the end of the start: the caller hears why.
 * P3. After `stop` nothing is started any more.
 */
export class Supervised {
  readonly #service: Service
  readonly #around: Surroundings
  readonly #stopping = new AbortController()
  #running: Running | undefined
  #ready = false
  #everReady = false
  #failure: Problem | undefined
  #loop: Promise<void> = Promise.resolve()

  constructor(service: Service, around: Surroundings) {
    this.#service = service
    this.#around = around
  }

  get name(): string {
    return this.#service.name
  }

  get pid(): number | undefined {
    return this.#running?.child.pid
  }

  /** Starts it and waits until it is ready. @throws Problem processFailed, notReady; the signal's reason when aborted */
  async start(signal: AbortSignal): Promise<void> {
    this.#loop = this.#keep().catch((error: unknown) => {
      this.#failure = problemOf(error, this.name)
    })
    await this.ready(signal)
  }

  /** Waits until it is ready, at most 60 s. @throws as `start` does */
  async ready(signal: AbortSignal): Promise<void> {
    const { name } = this
    const since = this.#around.now()
    while (!this.#ready) {
      signal.throwIfAborted()
      if (this.#failure) throw this.#failure
      if (this.#around.now() - since > READY_WITHIN_MS) {
        const log = logPath(this.#around.rooms, name)
        throw new Problem('notReady', { name, seconds: READY_WITHIN_MS / 1_000, last: lastLine(log), log })
      }
      await pause(LOOK_EVERY_MS)
    }
  }

  /** Sends a signal to the process as it is now; when that ends it, it is started again. */
  kill(signal: NodeJS.Signals): void {
    this.#running?.child.kill(signal)
  }

  /** Stops it for good. @param graceMs until it is killed */
  async stop(graceMs = 8_000): Promise<void> {
    this.#stopping.abort() // P3
    if (this.#running) await stopRunning(this.#running, this.#service.stopSignal, graceMs)
    await this.#loop
  }

  async #keep(): Promise<void> {
    const { rooms, now, say } = this.#around
    const { name, firstTries = 1 } = this.#service
    const { signal: stopping } = this.#stopping
    let backoffMs = FIRST_BACKOFF_MS
    for (let starts = 1; ; starts++) {
      await this.#service.prepare?.()
      if (stopping.aborted) return
      const startedAt = now()
      const ending = await this.#runOnce()
      if (stopping.aborted) return
      const facts = { name, how: ending.how, last: ending.last }
      if (!this.#everReady && starts >= firstTries) throw new Problem('processFailed', { ...facts, log: logPath(rooms, name) }) // P2
      if (now() - startedAt > STEADY_MS) backoffMs = FIRST_BACKOFF_MS
      if (this.#everReady) say('restarting', { ...facts, seconds: backoffMs / 1_000 })
      await pause(backoffMs, undefined, { signal: stopping }).catch(() => {}) // P1; stopping ends the wait
      backoffMs = Math.min(LAST_BACKOFF_MS, backoffMs * 2)
    }
  }

  async #runOnce(): Promise<Ending> {
    const running = launch(this.#service, this.#around.rooms)
    this.#running = running
    const over = new AbortController()
    const watch = this.#watch(running, over.signal)
    const ending = await running.ended
    over.abort()
    await watch
    this.#running = undefined
    this.#ready = false
    return ending
  }

  async #watch(running: Running, over: AbortSignal): Promise<void> {
    const { pid } = running.child
    while (pid !== undefined && !over.aborted) {
      if (await this.#service.isReady(pid)) {
        if (over.aborted) return
        if (this.#everReady) this.#around.say('backAgain', { name: this.name })
        this.#everReady = true
        this.#ready = true
        return
      }
      await pause(LOOK_EVERY_MS, undefined, { signal: over }).catch(() => {}) // its end ends the wait
    }
  }
}
