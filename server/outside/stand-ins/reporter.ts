import { InsistentPost } from './insistent-post.ts'

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
  readonly #post: InsistentPost
  #gathered: Reported[] = []

  constructor(url: string) {
    this.#post = new InsistentPost(
      url,
      RETRY_S.map(seconds => seconds * 1_000),
    )
  }

  tell(report: Reported): void {
    if (this.#gathered.push(report) === 1) this.#post.after(GATHER_MS, () => this.#flush())
  }

  stop(): void {
    this.#post.stop()
  }

  #flush(): void {
    const all = this.#gathered
    this.#gathered = []
    for (let from = 0; from < all.length; from += MOST_IN_ONE) this.#post.send(JSON.stringify(all.slice(from, from + MOST_IN_ONE)))
  }
}
