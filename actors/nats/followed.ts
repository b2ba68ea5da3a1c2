import type { Followed } from '../log.ts'
import { jsonOf } from './json.ts'

/** What the client's messages have in common, from whichever consumer or direct get they come. */
interface ClientMessage {
  readonly subject: string
  readonly seq: number
  readonly time: Date
  string(): string
}

/** A message read as far as somebody asks: two of three in ORDERS are no records. */
export class FollowedMessage<T> implements Followed<T> {
  readonly subject: string
  readonly seq: number
  readonly #message: ClientMessage
  #text: string | undefined
  #body: { readonly read: T | undefined } | undefined

  constructor(message: ClientMessage) {
    this.subject = message.subject
    this.seq = message.seq
    this.#message = message
  }

  get at(): string {
    return this.#message.time.toISOString()
  }

  get text(): string {
    this.#text ??= this.#message.string()
    return this.#text
  }

  get body(): T {
    this.#body ??= { read: jsonOf<T>({ json: <Body>() => JSON.parse(this.text) as Body }) }
    return this.#body.read as T
  }
}
