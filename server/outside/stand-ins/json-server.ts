import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface JsonRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** The header's value, or an empty text. */
  header(name: string): string
  /** The parsed body; undefined when there is none or it is not JSON. */
  readonly body: unknown
}

/** `hang`: the socket is held, silent, until the client leaves, which `left` hears. `reset`: it is cut without a word. */
export type JsonAnswer =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'hang'; readonly left?: () => void }
  | { readonly kind: 'reset' }

export interface StandIn {
  readonly url: string
  readonly port: number
  /** Cuts every connection and frees the port. */
  stop(): Promise<void>
}

/** A body above this is answered 413. */
const MAX_BODY_BYTES = 65_536

export const json = (status: number, body: unknown): JsonAnswer => ({ kind: 'json', status, body })

/** Serves JSON on the loopback. @param port 0 picks a free one. @throws when the port is taken. */
export const serveJson = async (port: number, handler: (request: JsonRequest) => Promise<JsonAnswer>): Promise<StandIn> => {
  const server = createServer((message, response) => {
    answer(message, handler).then(
      end => send(response, end),
      () => response.destroy(), // the client left while it was sending
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const answer = async (message: IncomingMessage, handler: (request: JsonRequest) => Promise<JsonAnswer>): Promise<JsonAnswer> => {
  const text = await readBody(message)
  if (text === undefined) return json(413, { code: 'PAYLOAD_TOO_LARGE', message: `at most ${MAX_BODY_BYTES} bytes` })
  const url = new URL(message.url ?? '/', 'http://stand-in')
  return handler({
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    header: name => String(message.headers[name] ?? ''),
    body: parse(text),
  })
}

const readBody = async (message: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk) // the rest is read and dropped, so that the client hears the answer
  }
  return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8')
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const send = (response: ServerResponse, end: JsonAnswer): void => {
  if (end.kind === 'hang') {
    const { left } = end
    if (left) response.destroyed ? left() : response.once('close', left)
    return
  }
  if (end.kind === 'reset') return void response.destroy()
  response.writeHead(end.status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(end.body))
}
