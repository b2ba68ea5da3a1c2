/** A message's end, as Solapi reports it. */
export interface Reported {
  readonly messageId: string
  readonly groupId: string
  readonly statusCode: string
  readonly [field: string]: unknown
}

/** Ends gather so long before they are told, ms. */
const GATHER_MS = 50
const MOST_IN_ONE = 100
/** A call that was not answered with 200 is repeated after so many seconds: five calls in all. */
const RETRY_S = [1, 2, 4, 8] as const

/** Tells a URL how messages ended, as Solapi's webhook does: in bulk, an array of messages, repeated until it is answered with 200. */
export class Reporter {
  readonly #url: string
  readonly #waiting = new Set<NodeJS.Timeout>()
  #gathered: Reported[] = []
  #stopped = false

  constructor(url: string) {
    this.#url = url
  }

  tell(report: Reported): void {
    if (this.#gathered.push(report) === 1) this.#after(GATHER_MS, () => this.#flush())
  }

  stop(): void {
    this.#stopped = true
    for (const timer of this.#waiting) clearTimeout(timer)
  }

  #flush(): void {
    const all = this.#gathered
    this.#gathered = []
    for (let from = 0; from < all.length; from += MOST_IN_ONE) void this.#send(JSON.stringify(all.slice(from, from + MOST_IN_ONE)), 0)
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
    const seconds = RETRY_S[tries]
    if (!heard && seconds !== undefined) this.#after(seconds * 1_000, () => void this.#send(body, tries + 1))
  }

  #after(ms: number, call: () => void): void {
    if (this.#stopped) return
    const timer = setTimeout(() => {
      this.#waiting.delete(timer)
      call()
    }, ms).unref()
    this.#waiting.add(timer)
  }
}
