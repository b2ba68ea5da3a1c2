import { createHash } from 'node:crypto'
import { Agent, request } from 'undici'
import webPush from 'web-push'
import { endpointObjection, lookupPublic } from './push-endpoint.ts'

/** As a browser gives it out. */
export interface PushTarget {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

export interface WebPushOptions {
  /** Our identity towards every push service, by RFC 8292. `subject` is `mailto:` or `https:`. */
  readonly vapid: { readonly publicKey: string; readonly privateKey: string; readonly subject: string }
  /** The longest a call may take, ms. */
  readonly timeoutMs: number
  /** Endpoints on 127.0.0.1 are served, by plain HTTP too: for development. */
  readonly allowLoopback: boolean
  readonly now: () => number
}

export interface PushMessage {
  /** JSON, 3,000 bytes at most: 4 KB encrypted is all that every service takes. */
  readonly payload: object
  /** How long the service keeps it for a device that is away: 60…600 s. */
  readonly ttlS: number
  readonly urgency: 'normal' | 'high'
  /** An order's id: a later push about it replaces one that still waits. */
  readonly topic: string
}

/**
 * `accepted`: the service took it. `gone`: the subscription is over, or leads nowhere that we would go. `refused`: it never will take
 * this, and an operator should look. `later`: it surely did not take it. `unknown`: it may have.
 */
export type Pushed =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'gone'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number }
  | { readonly kind: 'unknown'; readonly reason: string }

const MOST_BYTES = 3_000
/** What a service asks for beyond is not worth waiting for: our pushes are of no use by then. */
const LONGEST_WAIT_MS = 600_000
const FIRST_WAIT_MS = 1_000

/** Errors met before a byte was sent. */
const NOT_SENT: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** The client of every push service. One call, one try; every ending is a value. */
export class WebPush {
  readonly publicKey: string
  readonly timeoutMs: number
  readonly #options: WebPushOptions
  readonly #agent: Agent

  /** @throws Error when the keys or the subject are no VAPID keys or subject */
  constructor(options: WebPushOptions) {
    this.publicKey = options.vapid.publicKey
    this.timeoutMs = options.timeoutMs
    this.#options = options
    webPush.getVapidHeaders('https://push.example', options.vapid.subject, this.publicKey, options.vapid.privateKey, 'aes128gcm')
    const connect = { timeout: options.timeoutMs, lookup: lookupPublic }
    this.#agent = new Agent({ connect, connections: 4, keepAliveTimeout: 30_000 })
  }

  async send(target: PushTarget, message: PushMessage): Promise<Pushed> {
    const objection = endpointObjection(target.endpoint, this.#options)
    if (objection !== undefined) return { kind: 'gone', reason: `the endpoint ${objection}` }
    const payload = JSON.stringify(message.payload)
    if (Buffer.byteLength(payload) > MOST_BYTES) return { kind: 'refused', reason: 'TOO_LARGE' }
    const sealed = this.#seal(target, payload, message)
    if (sealed === undefined) return { kind: 'gone', reason: 'its keys are no keys of a browser' }
    try {
      const { statusCode, headers, body } = await request(target.endpoint, {
        method: 'POST',
        headers: sealed.headers,
        body: sealed.body,
        dispatcher: this.#agent,
        signal: AbortSignal.timeout(this.timeoutMs),
      })
      await body.dump({ limit: 65_536 }).catch(() => undefined) // the status has said it all
      return judge(statusCode, () => waitOf(headers['retry-after'], this.#options.now()))
    } catch (error) {
      return failure(error)
    }
  }

  close(): Promise<void> {
    return this.#agent.close()
  }

  /** Encrypted for this browser alone, by RFC 8291. Undefined when its keys lie on no curve. */
  #seal(target: PushTarget, payload: string, { ttlS, urgency, topic }: PushMessage) {
    try {
      const { headers, body } = webPush.generateRequestDetails(target, payload, {
        vapidDetails: this.#options.vapid,
        TTL: ttlS,
        urgency,
        topic: topicOf(topic),
      })
      return { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])), body }
    } catch {
      return undefined
    }
  }
}

const judge = (status: number, waitMs: () => number): Pushed => {
  const reason = `HTTP_${status}`
  if (status >= 200 && status < 300) return { kind: 'accepted' }
  if (status === 404 || status === 410) return { kind: 'gone', reason }
  if (status === 429 || status >= 500) return { kind: 'later', reason, afterMs: waitMs() }
  return { kind: 'refused', reason } // 400, 401, 403: our headers or keys; 413: too large; 3xx: nobody is followed elsewhere
}

const failure = (error: unknown): Pushed => {
  const { name, code } = error as { readonly name?: string; readonly code?: unknown }
  if (code === 'EPRIVATE') return { kind: 'gone', reason: 'the endpoint must be a public host' }
  const reason = name === 'TimeoutError' ? 'TIMEOUT' : typeof code === 'string' ? code : 'NETWORK'
  return NOT_SENT.has(code) ? { kind: 'later', reason, afterMs: FIRST_WAIT_MS } : { kind: 'unknown', reason }
}

/** `Retry-After` in seconds or as a date, 1 s…10 min. */
const waitOf = (header: string | string[] | undefined, now: number): number => {
  const text = String(header ?? '')
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now
  return Number.isFinite(ms) ? Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, ms)) : FIRST_WAIT_MS
}

/** At most 32 characters of the URL's base64. */
const topicOf = (topic: string): string =>
  /^[\w-]{1,32}$/.test(topic) ? topic : createHash('sha256').update(topic).digest('base64url').slice(0, 32)
