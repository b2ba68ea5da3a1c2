/** Calls at a given rate and is never kept waiting: what was due while the process was busy is done at once, with the instant at which it was due. */
export class Metronome {
  readonly #call: (dueMs: number) => void
  #everyMs = Number.POSITIVE_INFINITY
  #dueMs = 0
  #timer: NodeJS.Timeout | undefined

  constructor(call: (dueMs: number) => void) {
    this.#call = call
  }

  /** @param perS calls by second from now on; 0: none */
  rate(perS: number): void {
    clearTimeout(this.#timer)
    if (perS === 0) return
    this.#everyMs = 1_000 / perS
    this.#dueMs = Date.now()
    this.#beat()
  }

  #beat(): void {
    for (; this.#dueMs <= Date.now(); this.#dueMs += this.#everyMs) this.#call(this.#dueMs)
    this.#timer = setTimeout(() => this.#beat(), Math.max(0, this.#dueMs - Date.now()))
  }
}
