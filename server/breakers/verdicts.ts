import type { Log } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import type { Signals } from '../../actors/signals.ts'
import { BREAKER_NAMES, type BreakerName } from '../../machines/breaker.ts'
import { type Verdict, verdictOf } from './verdict.ts'
import { WORD, type Word } from './word.ts'

export interface VerdictsOptions {
  readonly log: Pick<Log, 'live' | 'latest'>
  readonly signals: Signals
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * The fleet's verdicts as one process knows them: pushed when they change, and said again twice a second, so that one who missed a
 * change learns of it, and one who hears nothing knows that.
 * V1. The newest version counts, whichever way it came.
 */
export class Verdicts {
  readonly #options: VerdictsOptions
  readonly #known = new Map<BreakerName, Verdict>()
  readonly #listeners = new Set<(verdict: Verdict) => void>()
  readonly #hearers = new Set<() => void>()
  #word: Word | undefined
  #heardMs: number
  #stops: (() => unknown)[] = []

  private constructor(options: VerdictsOptions) {
    this.#options = options
    this.#heardMs = options.now() // who has just come has not waited for anybody yet
  }

  /** Hears first and reads then, so that no change falls in between. @throws when the log does not answer */
  static async open(options: VerdictsOptions): Promise<Verdicts> {
    const verdicts = new Verdicts(options)
    const live = await options.log.live<ActorRecord>('evt.breaker.>', ({ body }) => verdicts.#takeRecord(body))
    const hearing = options.signals.hear<Word>(WORD, (_subject, word) => verdicts.#hear(word))
    verdicts.#stops = [() => live.stop(), () => hearing.stop()]
    for (const id of BREAKER_NAMES) {
      const record = await options.log.latest({ kind: 'breaker', id })
      if (record) verdicts.#takeRecord(record.body)
    }
    return verdicts
  }

  of(name: BreakerName): Verdict | undefined {
    return this.#known.get(name)
  }

  get all(): readonly Verdict[] {
    return [...this.#known.values()]
  }

  /** The newest word of any supervisor; undefined before the first. */
  get word(): Word | undefined {
    return this.#word
  }

  /** How long nobody has said anything, ms. */
  get silentMs(): number {
    return this.#options.now() - this.#heardMs
  }

  /** @returns a function that ends it */
  onChange(listener: (verdict: Verdict) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Somebody has spoken: who waits where may have moved. @returns a function that ends it */
  onWord(hearer: () => void): () => void {
    this.#hearers.add(hearer)
    return () => this.#hearers.delete(hearer)
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) await stop()
  }

  #hear(word: Word): void {
    this.#heardMs = this.#options.now()
    this.#word = word
    for (const verdict of word.verdicts) this.#take(verdict)
    for (const hearer of [...this.#hearers]) hearer()
  }

  #takeRecord(record: ActorRecord): void {
    try {
      this.#take(verdictOf(record))
    } catch {
      // a record that nobody of us wrote changes no verdict
    }
  }

  #take(verdict: Verdict): void {
    if (verdict.version <= (this.#known.get(verdict.name)?.version ?? 0)) return // V1
    this.#known.set(verdict.name, verdict)
    for (const listener of [...this.#listeners]) listener(verdict)
  }
}
