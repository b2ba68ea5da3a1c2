import { createHmac } from 'node:crypto'
import { Pool } from 'undici'
import { z } from 'zod'

export interface SolapiOptions {
  /** Origin, `https://api.solapi.com`. */
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
  /** The longest a call may take, 1…60,000 ms. */
  readonly timeoutMs: number
  readonly now: () => number
  /** A fresh salt for each signature, 12…64 characters: Solapi refuses a signature used twice. */
  readonly newSalt: () => string
  /** Connections at once, default 16. */
  readonly connections?: number
}

/** An AlimTalk, and the text that the provider sends as SMS when the phone has no KakaoTalk. */
export interface AlimTalk {
  /** Digits only, both. `from` is registered with Solapi. */
  readonly to: string
  readonly from: string
  readonly text: string
  readonly pfId: string
  readonly templateId: string
  /** Names as in the template, `#{store}`, without dots. */
  readonly variables: Readonly<Record<string, string>>
  /** No SMS in its place. */
  readonly disableSms: boolean
  /** Echoed in reports. Keys of at most 30 characters, values of at most 100. */
  readonly customFields: Readonly<Record<string, string>>
}

/**
 * `sent`: Solapi took it. `refused`: it never will. `unreached`: it surely did not take it, so it may be sent again later.
 * `unknown`: it may have; Solapi has no idempotency key, so sending again could reach the customer twice.
 */
export type Sent =
  | { readonly kind: 'sent'; readonly groupId: string; readonly messageId?: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unreached'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }

const reply = z.looseObject({
  groupInfo: z.looseObject({ groupId: z.string() }),
  failedMessageList: z.array(z.looseObject({ statusCode: z.string(), statusMessage: z.string().default('') })).default([]),
  messageList: z.array(z.looseObject({ messageId: z.string() })).nullish(),
})
const refusal = z.looseObject({ errorCode: z.string(), errorMessage: z.string().default('') })

/** Errors met before a byte was sent. */
const NOT_SENT: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** The client of Solapi. One call, one try; every ending is a value. The vendor's own SDK repeats after a reset, which may send twice. */
export class Solapi {
  readonly timeoutMs: number
  readonly #options: SolapiOptions
  readonly #pool: Pool

  constructor(options: SolapiOptions) {
    this.timeoutMs = options.timeoutMs
    this.#options = options
    this.#pool = new Pool(new URL(options.url).origin, { connections: options.connections ?? 16 })
  }

  async send({ pfId, templateId, variables, disableSms, ...message }: AlimTalk): Promise<Sent> {
    const kakaoOptions = { pfId, templateId, variables, disableSms }
    const body = { messages: [{ ...message, type: 'ATA', kakaoOptions }], showMessageList: true }
    try {
      const response = await this.#pool.request({
        method: 'POST',
        path: '/messages/v4/send-many/detail',
        headers: { authorization: this.#authorization(), 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(this.timeoutMs),
      })
      return read(response.statusCode, await response.body.text())
    } catch (error) {
      const { name, code } = error as { readonly name?: string; readonly code?: unknown }
      const reason = name === 'TimeoutError' ? 'TIMEOUT' : typeof code === 'string' ? code : 'NETWORK'
      return { kind: NOT_SENT.has(code) ? 'unreached' : 'unknown', reason }
    }
  }

  close(): Promise<void> {
    return this.#pool.close()
  }

  #authorization(): string {
    const { apiKey, apiSecret, now, newSalt } = this.#options
    const date = new Date(now()).toISOString()
    const salt = newSalt()
    const signature = createHmac('sha256', apiSecret).update(`${date}${salt}`).digest('hex')
    return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`
  }
}

const read = (status: number, text: string): Sent => {
  const json = parse(text)
  if (status === 429) return { kind: 'unreached', reason: 'HTTP_429' }
  const taken = reply.safeParse(json)
  if (status === 200 && taken.success) {
    const [failed] = taken.data.failedMessageList // a failed message is HTTP 200, too
    if (failed) return { kind: 'refused', code: failed.statusCode, message: failed.statusMessage }
    const messageId = taken.data.messageList?.[0]?.messageId
    return { kind: 'sent', groupId: taken.data.groupInfo.groupId, ...(messageId === undefined ? {} : { messageId }) }
  }
  const refused = refusal.safeParse(json)
  if (status >= 400 && status < 500 && refused.success) {
    return { kind: 'refused', code: refused.data.errorCode, message: refused.data.errorMessage }
  }
  return { kind: 'unknown', reason: `HTTP_${status}` }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // judged by the schemas, as any other unreadable answer
  }
}
