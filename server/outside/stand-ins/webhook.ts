/** Toss repeats a webhook that was not answered with 200 after so many minutes, then gives up. */
const RETRY_MINUTES = [1, 4, 16, 64, 256, 1_024, 4_096] as const

/** Tells a URL of each payment that moved, as Toss does: no order is promised, and a repeat is possible. */
export class Webhook {
  readonly #url: string
  readonly #retries = new Set<NodeJS.Timeout>()
  #stopped = false

  constructor(url: string) {
    this.#url = url
  }

  tell(eventType: string, createdAt: string, data: unknown): void {
    void this.#send(JSON.stringify({ eventType, createdAt, data }), 0)
  }

  stop(): void {
    this.#stopped = true
    for (const retry of this.#retries) clearTimeout(retry)
  }

  async #send(body: string, tries: number): Promise<void> {
    const heard = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(10_000),
    }).then(
      response => response.status === 200,
      () => false,
    )
    const minutes = RETRY_MINUTES[tries]
    if (heard || minutes === undefined || this.#stopped) return
    const retry = setTimeout(() => {
      this.#retries.delete(retry)
      void this.#send(body, tries + 1)
    }, minutes * 60_000).unref()
    this.#retries.add(retry)
  }
}
