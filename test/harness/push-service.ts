import { createECDH, createPublicKey, type ECDH, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import ece from 'http_ece'
import { jwtVerify } from 'jose'
import type { PushTarget } from '../../server/outside/web-push.ts'

/** A push as the browser that it was meant for reads it. */
export interface Arrived {
  readonly to: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came, and says what it must be
  readonly payload: any
  readonly ttlS: number
  readonly urgency: string | undefined
  readonly topic: string | undefined
}

interface Answer {
  readonly status: number
  readonly retryAfter?: string
}

/**
 * A push service that speaks the contract over HTTP: it demands a TTL and an identity signed for its own origin (RFC 8030, 8292),
 * and opens what comes with the browser's own keys (RFC 8291), so that a push which arrived here would have arrived.
 */
export class PushService implements AsyncDisposable {
  readonly arrived: Arrived[] = []
  /** Calls, whatever became of them. */
  calls = 0
  readonly #browsers = new Map<string, { readonly ecdh: ECDH; readonly auth: string }>()
  readonly #answers: (Answer | 'hang')[] = []
  readonly #publicKey: () => string
  readonly #server = createServer((message, response) => {
    this.#take(message).then(answer => {
      if (answer === 'hang') return
      response.writeHead(answer.status, answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter }).end()
    })
  })

  private constructor(publicKey: () => string) {
    this.#publicKey = publicKey
  }

  /** @param publicKey the VAPID key that it knows our server by */
  static async open(publicKey: () => string): Promise<PushService> {
    const service = new PushService(publicKey)
    await new Promise<void>(resolve => service.#server.listen(0, '127.0.0.1', resolve))
    return service
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** A browser subscribes. */
  subscribe(name: string): PushTarget {
    const ecdh = createECDH('prime256v1')
    const p256dh = ecdh.generateKeys('base64url')
    const auth = randomBytes(16).toString('base64url')
    this.#browsers.set(name, { ecdh, auth })
    return { endpoint: `${this.url}/push/${name}`, keys: { p256dh, auth } }
  }

  /** The next calls are answered so, one after the other; then everything is accepted again. */
  answer(...answers: readonly (Answer | 'hang')[]): void {
    this.#answers.push(...answers)
  }

  to(name: string): Arrived[] {
    return this.arrived.filter(({ to }) => to === name)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }

  async #take(message: IncomingMessage): Promise<Answer | 'hang'> {
    this.calls++
    const chunks: Buffer[] = []
    for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk)
    const answer = this.#answers.shift()
    if (answer) return answer
    const { ttl, authorization = '', urgency, topic } = message.headers
    if (!/^\d+$/.test(String(ttl))) return { status: 400 }
    if (!(await this.#isSigned(authorization))) return { status: 403 }
    const name = (message.url ?? '').replace('/push/', '')
    const browser = this.#browsers.get(name)
    if (!browser) return { status: 404 }
    const sealed = Buffer.concat(chunks)
    if (sealed.length > 4_096) return { status: 413 }
    const opened = ece.decrypt(sealed, { version: 'aes128gcm', privateKey: browser.ecdh, authSecret: browser.auth })
    this.arrived.push({
      to: name,
      payload: JSON.parse(opened.toString('utf8')),
      ttlS: Number(ttl),
      urgency: urgency as string | undefined,
      topic: topic as string | undefined,
    })
    return { status: 201 }
  }

  /** `vapid t=<JWT>, k=<key>` by the server that it knows, for this origin, for a day at most. */
  async #isSigned(authorization: string): Promise<boolean> {
    const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
    if (key !== this.#publicKey()) return false
    const point = Buffer.from(key, 'base64url')
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
    try {
      const { payload } = await jwtVerify(token, createPublicKey({ key: jwk, format: 'jwk' }), { audience: this.url })
      return /^(mailto:|https:)/.test(payload.sub ?? '') && (payload.exp ?? Number.POSITIVE_INFINITY) <= Date.now() / 1_000 + 86_400
    } catch {
      return false
    }
  }
}
