import { InsistentPost } from './insistent-post.ts'

/** Toss repeats a webhook that was not answered with 200 after so many minutes, then gives up. */
const RETRY_MINUTES = [1, 4, 16, 64, 256, 1_024, 4_096] as const

/** Tells a URL of each payment that moved, as Toss does: no order is promised, and a repeat is possible. */
export class Webhook {
  readonly #post: InsistentPost

  constructor(url: string) {
    this.#post = new InsistentPost(
      url,
      RETRY_MINUTES.map(minutes => minutes * 60_000),
    )
  }

  tell(eventType: string, createdAt: string, data: unknown): void {
    this.#post.send(JSON.stringify({ eventType, createdAt, data }))
  }

  stop(): void {
    this.#post.stop()
  }
}
