import type { Shelf } from './sequence.ts'

export interface DutyOptions {
  readonly shelf: Shelf
  /** Of the account's own. */
  readonly name: string
  readonly connected: () => boolean
  /** True: the server knows. */
  readonly tell: (online: boolean) => Promise<boolean>
  readonly changed: () => void
}

/** What the rider wants, and whether the server has heard of it. */
export interface DutyState {
  readonly wanted: boolean
  readonly heard: boolean
}

/**
 * The switch "I work". What the rider wants is kept here, so that it is there without a line.
 * W1. It is told until it is heard: a switch that was turned in a tunnel counts when the line is back.
 * W2. One telling at a time, and the last wish is told last.
 * W3. With nothing left to tell, the server's word counts: he may have turned it on another device.
 */
export class Duty {
  readonly #options: DutyOptions
  #state: DutyState
  #telling = false

  constructor(options: DutyOptions) {
    this.#options = options
    this.#state = kept(options.shelf.getItem(options.name))
  }

  get state(): DutyState {
    return this.#state
  }

  want(online: boolean): void {
    this.#become({ wanted: online, heard: false })
    void this.say()
  }

  /** A new connection. @param online whether he is on duty, by the server's word; one of an older release does not say */
  synced(online: boolean | undefined): void {
    if (online !== undefined && this.#state.heard && !this.#telling)
      this.#become({ wanted: online, heard: true }) // W3
    else void this.say()
  }

  /** Tells what is not heard yet, if there is a line. */
  async say(): Promise<void> {
    const { connected, tell } = this.#options
    if (this.#telling || this.#state.heard || !connected()) return // W2
    this.#telling = true
    const { wanted } = this.#state
    const heard = await tell(wanted).catch(() => false)
    this.#telling = false
    if (!heard) return
    if (wanted === this.#state.wanted) this.#become({ wanted, heard })
    else void this.say() // W2
  }

  #become(state: DutyState): void {
    this.#state = state
    try {
      this.#options.shelf.setItem(this.#options.name, JSON.stringify(state))
    } catch {
      // A full storage: it holds until the app is closed.
    }
    this.#options.changed()
  }
}

/** Off, and nothing to tell, on a device that knows nothing. */
const kept = (text: string | null): DutyState => {
  try {
    const { wanted, heard } = JSON.parse(text ?? '{}') as Partial<DutyState>
    return { wanted: wanted === true, heard: heard !== false }
  } catch {
    return { wanted: false, heard: true }
  }
}
