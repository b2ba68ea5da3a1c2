import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A span as it was handed over, with its place in its trace. */
export interface Collected {
  readonly service: string
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number
  readonly attributes: Readonly<Record<string, string | number>>
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly failed: boolean
}

interface KeyValue {
  readonly key: string
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string; readonly doubleValue?: number }
}
/** OTLP in JSON, as far as it is looked at: ids in hexadecimal, numbers of 64 bits perhaps as text. */
interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] }
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<Collected, 'service' | 'attributes' | 'links' | 'failed'> & {
        readonly attributes?: readonly KeyValue[]
        readonly links?: Collected['links']
        readonly status?: { readonly code?: number }
      })[]
    }[]
  }[]
}

const ERROR = 2

/** A collector of traces that speaks OTLP over HTTP, in JSON, and refuses or hangs at a word. */
export class Collector implements AsyncDisposable {
  readonly spans: Collected[] = []
  /** `refuses`: 503, come again. `hangs`: takes the request and says nothing. */
  mode: 'takes' | 'refuses' | 'hangs' = 'takes'
  requests = 0
  readonly #server = createServer((request, response) => void this.#answer(request, response))

  static async open(): Promise<Collector> {
    const collector = new Collector()
    collector.#server.listen(0, '127.0.0.1')
    await once(collector.#server, 'listening')
    return collector
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Of one trace, those that have come so far. */
  of(traceId: string): Collected[] {
    return this.spans.filter(span => span.traceId === traceId)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++
    const body = await text(request)
    if (this.mode === 'hangs') return
    const isExport = request.method === 'POST' && request.url === '/v1/traces' && request.headers['content-type'] === 'application/json'
    if (this.mode === 'takes' && isExport) this.#take(JSON.parse(body) as ExportRequest)
    response.writeHead(this.mode === 'refuses' ? 503 : isExport ? 200 : 404, { 'content-type': 'application/json' }).end('{}')
  }

  #take({ resourceSpans }: ExportRequest): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = String(plain(resource.attributes)['service.name'])
      for (const { attributes = [], links = [], status, ...span } of scopeSpans.flatMap(({ spans }) => spans))
        this.spans.push({ ...span, service, attributes: plain(attributes), links, failed: status?.code === ERROR })
    }
  }
}

const plain = (attributes: readonly KeyValue[]): Record<string, string | number> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue ?? value.doubleValue)] as const))
