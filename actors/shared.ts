import { setTimeout as pause } from 'node:timers/promises'

/**
 * One question in the air at a time; who comes meanwhile shares the next one. So an answer is never older than its asker,
 * and ten thousand sockets that come back at once do not ask ten thousand times.
 */
export class Shared<T> {
  readonly #question: () => Promise<T>
  readonly #paceMs: number
  #current: Promise<T> | undefined
  #next: Promise<T> | undefined

  /** @param paceMs from the end of a question to the next in a crowd, ms: the more come meanwhile, the fewer are asked. Default 0 */
  constructor(question: () => Promise<T>, paceMs = 0) {
    this.#question = question
    this.#paceMs = paceMs
  }

  ask(): Promise<T> {
    if (this.#next) return this.#next
    if (!this.#current) return this.#begin()
    const begin = async (): Promise<T> => {
      if (this.#paceMs > 0) await pause(this.#paceMs)
      this.#next = undefined
      return this.#begin()
    }
    this.#next = this.#current.then(begin, begin)
    return this.#next
  }

  #begin(): Promise<T> {
    const asked: Promise<T> = this.#question().finally(() => {
      if (this.#current === asked) this.#current = undefined
    })
    this.#current = asked
    return asked
  }
}
