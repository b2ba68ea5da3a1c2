import { loadavg } from 'node:os'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { Live } from '../../clients/shared/live.ts'
import type { House } from '../../config/runtime/house.ts'
import { STREAMS } from '../../config/streams.ts'
import { WORD, type Word } from '../../server/breakers/word.ts'
import type { BreakerView } from '../../server/contract/breakers.ts'

/** How often it looks. */
export const LOOK_EVERY_MS = 250

/** What the provider and the waiting room looked like at one moment. Milliseconds since 1970. */
export interface Look {
  readonly atMs: number
  /** Confirms in the provider's hand: the most at once since the last look. */
  readonly most: number
  /** Confirms begun since the last look. */
  readonly begun: number
  readonly waiting: number
}

/** A change of the breaker of confirms, as an operator's app heard it. */
export interface Turn {
  readonly atMs: number
  readonly state: BreakerView['state']
  readonly share: number
  readonly reason: string
}

interface Load {
  readonly confirm: { readonly inHand: number; readonly most: number; readonly calls: number }
}

/** Stands outside and looks: at the provider's own count, at the word that goes round, and with an operator's ear. */
export class Watch implements AsyncDisposable {
  readonly looks: Look[] = []
  readonly turns: Turn[] = []
  /** One minute's load of the machine, at each look. */
  readonly #loads: number[] = []
  readonly #psp: string
  readonly #nats: Nats
  readonly #ops: Live
  readonly #ending = new AbortController()
  #waiting = 0
  #calls = 0
  #looking: Promise<void> = Promise.resolve()

  private constructor(psp: string, nats: Nats, ops: Live) {
    this.#psp = psp
    this.#nats = nats
    this.#ops = ops
    nats.hear<Word>(WORD, (_subject, { room }) => {
      this.#waiting = room?.pending ?? this.#waiting
    })
    ops.on('breaker', ({ name, state, share, reason }) => {
      if (name === 'confirm') this.turns.push({ atMs: Date.now(), state, share, reason })
    })
  }

  /** @param token an operator's */
  static async open({ url, natsUrl, standIns }: House, token: string): Promise<Watch> {
    const nats = await connectNats({ url: natsUrl, name: 'bench watch', streams: STREAMS })
    const ops = new Live({ origin: url, token })
    const watch = new Watch(standIns.psp, nats, ops)
    await ops.connect()
    return watch
  }

  begin(): void {
    this.#looking = this.#look()
  }

  /** Payments that wait for their turn, as the last word had it. */
  get waiting(): number {
    return this.#waiting
  }

  get meanLoad(): number {
    return this.#loads.reduce((a, b) => a + b, 0) / Math.max(1, this.#loads.length)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort()
    await this.#looking
    this.#ops.close()
    await this.#nats.close()
  }

  async #look(): Promise<void> {
    for (let dueMs = Date.now(); !this.#ending.signal.aborted; dueMs += LOOK_EVERY_MS) {
      const response = await fetch(`${this.#psp}/stand-in/load`)
      const { confirm } = (await response.json()) as Load
      if (this.#calls > 0 || this.looks.length > 0)
        this.looks.push({ atMs: Date.now(), most: confirm.most, begun: confirm.calls - this.#calls, waiting: this.#waiting })
      this.#calls = confirm.calls
      this.#loads.push(loadavg()[0] ?? 0)
      await new Promise(resolve => setTimeout(resolve, Math.max(0, dueMs + LOOK_EVERY_MS - Date.now())))
    }
  }
}
