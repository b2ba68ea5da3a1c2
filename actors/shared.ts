/**
 * One question in the air at a time; who comes meanwhile shares the next one. So an answer is never older than its asker,
 * and ten thousand sockets that come back at once do not ask twenty thousand times.
 */
export class Shared<T> {
  readonly #question: () => Promise<T>
  #current: Promise<T> | undefined
  #next: Promise<T> | undefined

  constructor(question: () => Promise<T>) {
    this.#question = question
  }

  ask(): Promise<T> {
    if (!this.#current) return this.#begin()
    const begin = (): Promise<T> => {
      this.#next = undefined
      return this.#begin()
    }
    this.#next ??= this.#current.then(begin, begin)
    return this.#next
  }

  #begin(): Promise<T> {
    const asked = this.#question().finally(() => {
      this.#current = undefined
    })
    this.#current = asked
    return asked
  }
}
