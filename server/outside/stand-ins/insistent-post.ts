/** Posts JSON to a URL, and again after each of some pauses until it is answered with 200: how providers tell webhooks. */
export class InsistentPost {
  readonly #url: string
  readonly #pausesMs: readonly number[]
  readonly #waiting = new Set<NodeJS.Timeout>()
  #stopped = false

  /** @param pausesMs before each repeat; after the last it gives up */
  constructor(url: string, pausesMs: readonly number[]) {
    this.#url = url
    this.#pausesMs = pausesMs
  }

  send(body: string): void {
    void this.#try(body, 0)
  }

  /** Calls later, unless it is stopped before. */
  after(ms: number, call: () => void): void {
    if (this.#stopped) return
    const timer = setTimeout(() => {
      this.#waiting.delete(timer)
      call()
    }, ms).unref()
    this.#waiting.add(timer)
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#waiting) clearTimeout(timer)
  }

  async #try(body: string, tries: number): Promise<void> {
    const heard = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(10_000),
    }).then(
      response => response.status === 200,
      () => false,
    )
    const pauseMs = this.#pausesMs[tries]
    if (!heard && pauseMs !== undefined) this.after(pauseMs, () => void this.#try(body, tries + 1))
  }
}
