import { headers, type Msg, type NatsConnection, type Subscription as NatsSubscription } from '@nats-io/transport-node'
import { isoOf } from '../clock.ts'
import type { Subscription } from '../log.ts'
import type { Endpoint, EndpointAnswer, Service, ServiceAnswer, Services } from '../services.ts'
import { jsonOf } from './json.ts'
import { Questions } from './questions.ts'

const VERBS = ['PING', 'INFO', 'STATS'] as const
type Verb = (typeof VERBS)[number]
/** Of several processes of one name a question reaches one. */
const QUEUE = 'q'
const ERROR = 'Nats-Service-Error'
const ERROR_CODE = 'Nats-Service-Error-Code'
const NS_PER_MS = 1_000_000

/** What was done at one endpoint since the service began. */
interface Tally {
  requests: number
  errors: number
  lastError: string
  tookMs: number
}

/**
 * Services as NATS has agreed on them (ADR-32), so that `nats micro` and every client's own frame know them: each is found under `$SRV`, and
 * a refusal stands in two headers.
 */
export class NatsServices implements Services {
  readonly #nc: NatsConnection
  readonly #questions: Questions

  constructor(nc: NatsConnection) {
    this.#nc = nc
    this.#questions = new Questions(nc)
  }

  async serve(service: Service): Promise<Subscription> {
    const running = new RunningService(this.#nc, service)
    await this.#nc.flush()
    return running
  }

  async ask(subject: string, body: unknown, timeoutMs: number): Promise<ServiceAnswer> {
    const answer = await this.#questions.ask(subject, JSON.stringify(body), timeoutMs)
    if (answer.kind !== 'answered') return answer
    const { headers: said } = answer.message
    const answered = jsonOf<unknown>(answer.message)
    const code = said?.get(ERROR)
    return code ? { kind: 'refused', status: Number(said?.get(ERROR_CODE)), code, body: answered } : { kind: 'answer', body: answered }
  }
}

class RunningService implements Subscription {
  readonly #service: Service
  readonly #startedMs: number
  readonly #tallies = new Map<Endpoint, Tally>()
  readonly #shown: NatsSubscription[]
  readonly #served: NatsSubscription[]
  readonly #inHand = new Set<Promise<void>>()

  constructor(nc: NatsConnection, service: Service) {
    this.#service = service
    this.#startedMs = service.now()
    const { name, id, endpoints } = service
    this.#shown = VERBS.flatMap(verb =>
      [`$SRV.${verb}`, `$SRV.${verb}.${name}`, `$SRV.${verb}.${name}.${id}`].map(subject =>
        nc.subscribe(subject, {
          callback: (error, message) => {
            if (!error) respond(message, { kind: 'answer', body: this.#shows(verb) })
          },
        }),
      ),
    )
    this.#served = endpoints.map(endpoint =>
      nc.subscribe(endpoint.subject, {
        queue: QUEUE,
        callback: (error, message) => {
          if (error) return
          const done: Promise<void> = this.#answer(endpoint, message).finally(() => this.#inHand.delete(done))
          this.#inHand.add(done)
        },
      }),
    )
  }

  /** Lets nobody find it any more, takes no question any more, and ends those in hand. */
  async stop(): Promise<void> {
    for (const shown of this.#shown) shown.unsubscribe()
    await Promise.all(this.#served.map(served => served.drain()))
    await Promise.all(this.#inHand)
  }

  async #answer(endpoint: Endpoint, message: Msg): Promise<void> {
    const { now } = this.#service
    const beganMs = now()
    const answer = await endpoint.handler(message.string()).catch(internal)
    respond(message, answer)
    const tally = this.#tallyOf(endpoint)
    tally.requests++
    tally.tookMs += now() - beganMs
    if (answer.kind === 'answer') return
    tally.errors++
    tally.lastError = `${answer.status}:${answer.code}`
  }

  #tallyOf(endpoint: Endpoint): Tally {
    const tally = this.#tallies.get(endpoint) ?? { requests: 0, errors: 0, lastError: '', tookMs: 0 }
    this.#tallies.set(endpoint, tally)
    return tally
  }

  #shows(verb: Verb): object {
    const { name, id, version, description, metadata, endpoints } = this.#service
    const self = { type: `io.nats.micro.v1.${verb.toLowerCase()}_response`, name, id, version, metadata }
    switch (verb) {
      case 'PING':
        return self
      case 'INFO':
        return { ...self, description, endpoints: endpoints.map(endpoint => ({ ...nameOf(endpoint), metadata: endpoint.metadata ?? {} })) }
      case 'STATS':
        return { ...self, started: isoOf(this.#startedMs), endpoints: endpoints.map(endpoint => this.#statsOf(endpoint)) }
    }
  }

  #statsOf(endpoint: Endpoint): object {
    const { requests, errors, lastError, tookMs } = this.#tallyOf(endpoint)
    return {
      ...nameOf(endpoint),
      num_requests: requests,
      num_errors: errors,
      last_error: lastError,
      processing_time: Math.round(tookMs * NS_PER_MS),
      average_processing_time: requests === 0 ? 0 : Math.round((tookMs * NS_PER_MS) / requests),
    }
  }
}

const nameOf = ({ name, subject }: Endpoint) => ({ name, subject, queue_group: QUEUE })

const internal = (error: unknown): EndpointAnswer => {
  process.emitWarning(error instanceof Error ? error : String(error))
  return { kind: 'refused', status: 500, code: 'INTERNAL', body: undefined }
}

/** Nothing is thrown here: while the connection closes nobody can be answered, and the one who asked finds out by himself. */
const respond = (message: Msg, answer: EndpointAnswer): void => {
  const said = headers()
  if (answer.kind === 'refused') {
    said.set(ERROR, answer.code)
    said.set(ERROR_CODE, String(answer.status))
  }
  try {
    message.respond(JSON.stringify(answer.body ?? {}), answer.kind === 'refused' ? { headers: said } : {})
  } catch {}
}
