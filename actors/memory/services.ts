import type { Subscription } from '../log.ts'
import type { Endpoint, EndpointAnswer, Service, ServiceAnswer, Services } from '../services.ts'

/** What crosses the wire is text: what JSON would lose is lost here, too. */
export class MemoryServices implements Services {
  readonly #endpoints = new Map<string, Endpoint[]>()

  async serve({ endpoints }: Service): Promise<Subscription> {
    for (const endpoint of endpoints) this.#endpoints.set(endpoint.subject, [...this.#at(endpoint.subject), endpoint])
    return {
      stop: async () => {
        for (const endpoint of endpoints)
          this.#endpoints.set(
            endpoint.subject,
            this.#at(endpoint.subject).filter(each => each !== endpoint),
          )
      },
    }
  }

  async ask(subject: string, body: unknown, timeoutMs: number): Promise<ServiceAnswer> {
    const [endpoint] = this.#at(subject)
    if (!endpoint) return { kind: 'nobody' }
    const { promise: late, resolve } = Promise.withResolvers<ServiceAnswer>()
    const timer = setTimeout(resolve, timeoutMs, { kind: 'silent' })
    const answer = await Promise.race([endpoint.handler(JSON.stringify(body)).catch(internal), late])
    clearTimeout(timer)
    return JSON.parse(JSON.stringify(answer)) as ServiceAnswer
  }

  #at(subject: string): readonly Endpoint[] {
    return this.#endpoints.get(subject) ?? []
  }
}

const internal = (): EndpointAnswer => ({ kind: 'refused', status: 500, code: 'INTERNAL', body: {} })
