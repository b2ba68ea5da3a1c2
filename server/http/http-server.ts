import { createServer, type RequestListener, type Server } from 'node:http'

export interface HttpLimits {
  /** From a connection's first byte until its headers are there, ms, 1…60,000. */
  readonly headersMs: number
  /** Until its body is there, ms, 1…300,000. */
  readonly requestMs: number
  /** How often the two are looked at, ms. */
  readonly checkMs: number
}

/** A menu of 512 KB takes 4 s over a line of 1 Mbit/s. */
const LIMITS: HttpLimits = { headersMs: 10_000, requestMs: 30_000, checkMs: 2_000 }
/** A header of ours is a token and a key: what is longer is an attack. */
const MAX_HEADER_BYTES = 16 * 1024

/** Who sends his request a byte at a time is answered 408 and cut off, before he has held a connection for long. */
export const httpServer = (app: RequestListener, { headersMs, requestMs, checkMs }: HttpLimits = LIMITS): Server =>
  createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    app,
  )
