import type { Stored } from '../log.ts'
import { headerIn, headersOf } from './headers.ts'
import { jsonOf } from './json.ts'
import type { Questions } from './questions.ts'

const ANSWER_WITHIN_MS = 5_000
const NOT_FOUND = 404

/**
 * Direct gets of single messages, 14–32 k/s: what every effect, every refusal and every claim begins with. Any replica answers, as far as it
 * has come.
 */
export class Direct {
  readonly #questions: Questions

  constructor(questions: Questions) {
    this.#questions = questions
  }

  /** The newest message of a subject, which may have wildcards. @throws Error when the stream does not answer */
  last<T>(stream: string, subject: string): Promise<Stored<T> | undefined> {
    return this.#get(stream, { last_by_subj: subject })
  }

  /** The oldest one. @throws Error when the stream does not answer */
  first<T>(stream: string, subject: string): Promise<Stored<T> | undefined> {
    return this.#get(stream, { seq: 1, next_by_subj: subject })
  }

  async #get<T>(stream: string, query: object): Promise<Stored<T> | undefined> {
    const answer = await this.#questions.ask(`$JS.API.DIRECT.GET.${stream}`, JSON.stringify(query), ANSWER_WITHIN_MS)
    if (answer.kind !== 'answered') throw new Error(`${stream} does not answer: ${answer.kind}`)
    const { message } = answer
    const headers = headersOf(message)
    const sequence = headerIn(headers, 'Nats-Sequence')
    if (sequence === undefined) {
      const { code = 0, description = 'no stored message' } = message.headers ?? {}
      if (code === NOT_FOUND) return undefined
      throw new Error(`${stream}: ${description}`)
    }
    return {
      subject: headerIn(headers, 'Nats-Subject') ?? '',
      seq: Number(sequence),
      at: new Date(headerIn(headers, 'Nats-Time-Stamp') ?? '').toISOString(), // the server gives nanoseconds
      body: jsonOf<T>(message) as T,
    }
  }
}
