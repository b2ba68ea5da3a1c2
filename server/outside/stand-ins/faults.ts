import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'

const rate = z.number().min(0).max(1).default(0)

/** What goes wrong, and where. An empty object heals everything. */
const schema = z
  .strictObject({
    /** Milliseconds before work begins. */
    latencyMs: z.number().int().min(0).max(600_000).default(0),
    /** Up to so many more, by chance. */
    jitterMs: z.number().int().min(0).max(600_000).default(0),
    /** Shares of calls, 0…1: answered with `errorCode` · never begun and never answered · cut · done and never answered. */
    errorRate: rate,
    hangRate: rate,
    resetRate: rate,
    timeoutAfterCommitRate: rate,
    /** Absent: the provider's usual passing error. */
    errorCode: z.string().min(1).max(100).optional(),
    /** Calls worked on at once; the others stand in line, as at a provider near its limit. */
    capacity: z.number().int().min(1).max(10_000).optional(),
    /** Only these operations; absent: all. */
    on: z.array(z.string().max(40)).max(10).optional(),
  })
  .refine(faults => faults.errorRate + faults.hangRate + faults.resetRate + faults.timeoutAfterCommitRate <= 1, 'rates exceed 1')
export type FaultSettings = z.infer<typeof schema>

export type Fate = 'serve' | 'error' | 'hang' | 'reset' | 'commitThenHang'

/** How busy the stand-in is with one operation. */
export interface Load {
  /** In hand now: at work, in line, or never answered and the caller still there. */
  readonly inHand: number
  /** The most at once since somebody last asked. */
  readonly most: number
  /** Begun since the start. */
  readonly calls: number
}

/** The switchboard behind `PUT /stand-in/faults`. */
export class Faults {
  readonly #operations: readonly string[]
  readonly #random: () => number
  #settings: FaultSettings = schema.parse({})
  #busy = 0
  #line: (() => void)[] = []
  readonly #loads = new Map<string, { inHand: number; most: number; calls: number }>()

  constructor(operations: readonly string[], random: () => number) {
    this.#operations = operations
    this.#random = random
  }

  get settings(): FaultSettings {
    return this.#settings
  }

  /** @returns what is wrong with the settings; nothing when they are in force */
  set(settings: unknown): string | undefined {
    const parsed = schema.safeParse(settings)
    if (!parsed.success) return z.prettifyError(parsed.error)
    const stranger = parsed.data.on?.find(operation => !this.#operations.includes(operation))
    if (stranger !== undefined) return `on: unknown operation ${stranger}, known are ${this.#operations.join(', ')}`
    this.#settings = parsed.data
    for (const go of this.#line.splice(0)) go()
    return undefined
  }

  /** One roll of the dice decides a call's fate. */
  fate(operation: string): Fate {
    const { errorRate, hangRate, resetRate, timeoutAfterCommitRate } = this.#settings
    if (!this.#concerns(operation)) return 'serve'
    const roll = this.#random()
    if (roll < errorRate) return 'error'
    if (roll < errorRate + hangRate) return 'hang'
    if (roll < errorRate + hangRate + resetRate) return 'reset'
    return roll < errorRate + hangRate + resetRate + timeoutAfterCommitRate ? 'commitThenHang' : 'serve'
  }

  /** By operation. What was the most begins anew with each look. */
  load(): Readonly<Record<string, Load>> {
    return Object.fromEntries(
      this.#operations.map(operation => {
        const load = this.#loadOf(operation)
        const shown = { ...load }
        load.most = load.inHand
        return [operation, shown]
      }),
    )
  }

  /** Stands in line for a place, then takes the time that work takes; `use` has the place to itself. */
  async slowly<T>(operation: string, use: () => T): Promise<T> {
    this.#loadOf(operation).calls++
    const letGo = this.hold(operation)
    try {
      return await this.#atWork(operation, use)
    } finally {
      letGo()
    }
  }

  /** A call that stays in hand, without a place. @returns what lets go of it */
  hold(operation: string): () => void {
    const load = this.#loadOf(operation)
    load.most = Math.max(load.most, ++load.inHand)
    return () => void load.inHand--
  }

  async #atWork<T>(operation: string, use: () => T): Promise<T> {
    if (!this.#concerns(operation)) return use()
    while (this.#busy >= (this.#settings.capacity ?? Number.POSITIVE_INFINITY)) await new Promise<void>(go => this.#line.push(go))
    this.#busy++
    try {
      const waitMs = this.#settings.latencyMs + Math.floor(this.#random() * this.#settings.jitterMs)
      if (waitMs > 0) await pause(waitMs, undefined, { ref: false })
      return use()
    } finally {
      this.#busy--
      this.#line.shift()?.()
    }
  }

  #loadOf(operation: string) {
    const load = this.#loads.get(operation) ?? { inHand: 0, most: 0, calls: 0 }
    this.#loads.set(operation, load)
    return load
  }

  #concerns(operation: string): boolean {
    return this.#settings.on?.includes(operation) ?? true
  }
}
