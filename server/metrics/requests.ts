import { Histogram, type Registry, register } from 'prom-client'
import { total } from './figure.ts'
import { Tally } from './tally.ts'

/** From a read out of memory to the deadline of a command. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']

export interface HttpEnd {
  readonly method: string
  /** The pattern, `/api/orders/:id`; undefined: no route took it. */
  readonly route: string | undefined
  readonly status: number
  readonly ms: number
}

/** What came through a gateway's doors, and how it ended: rate, errors and duration by route, command and socket request. */
export class RequestMetrics {
  readonly #http = new Tally(['method', 'route', 'status'])
  readonly #commands = new Tally(['command', 'code'])
  readonly #socket = new Tally(['request', 'code'])
  readonly #httpSeconds: Histogram<'method' | 'route'>
  readonly #commandSeconds: Histogram<'command'>

  constructor(registry: Registry = register) {
    const shared = { buckets: SECONDS, registers: [registry] }
    this.#httpSeconds = new Histogram({
      ...shared,
      name: 'http_request_duration_seconds',
      help: 'From the request to the end of its answer',
      labelNames: ['method', 'route'],
    })
    this.#commandSeconds = new Histogram({
      ...shared,
      name: 'command_duration_seconds',
      help: 'From a command at either door to its answer, the wait for a payment included',
      labelNames: ['command'],
    })
    total({
      registry,
      name: 'http_requests_total',
      help: 'HTTP requests by route and status',
      labels: this.#http.labels,
      look: () => this.#http.samples(),
    })
    total({
      registry,
      name: 'commands_total',
      help: 'Commands of both doors by how they ended: ok, waits (taken, and its payment or its host is waited for), or the error’s code',
      labels: this.#commands.labels,
      look: () => this.#commands.samples(),
    })
    total({
      registry,
      name: 'socket_requests_total',
      help: 'Requests over sockets by how they ended: ok or the error’s code',
      labels: this.#socket.labels,
      look: () => this.#socket.samples(),
    })
  }

  http({ method, route = 'none', status, ms }: HttpEnd): void {
    const known = METHODS.includes(method) ? method : 'other'
    this.#http.add(known, route, String(status))
    this.#httpSeconds.observe({ method: known, route }, ms / 1_000)
  }

  command(command: string, code: string, ms: number): void {
    this.#commands.add(command, code)
    this.#commandSeconds.observe({ command }, ms / 1_000)
  }

  socket(request: string, code: string): void {
    this.#socket.add(request, code)
  }
}
