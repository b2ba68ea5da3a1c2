import type { JsMsg } from '@nats-io/jetstream'
import { isoOf } from '../clock.ts'
import type { Followed } from '../log.ts'
import { jsonOf } from './json.ts'

const NS_PER_MS = 1_000_000

/** A message of an ordered consumer, read as far as somebody asks: two of three in ORDERS are no records. */
export class FollowedMessage<T> implements Followed<T> {
  readonly subject: string
  readonly seq: number
  readonly #message: JsMsg
  #text: string | undefined
  #body: { readonly read: T | undefined } | undefined

  constructor(message: JsMsg) {
    this.subject = message.subject
    this.seq = message.seq
    this.#message = message
  }

  get at(): string {
    return isoOf(this.#message.info.timestampNanos / NS_PER_MS)
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
