interface Asked<Key, Answer> {
  readonly key: Key
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Questions of one kind that come while one is being answered are asked together: the first alone and at once, a crowd in a few. Ten thousand
 * sockets that come back ask a hundred times in place of ten thousand.
 */
export class Gathered<Key, Answer> {
  readonly #ask: (keys: readonly Key[]) => Promise<readonly Answer[]>
  readonly #most: number
  #waiting: Asked<Key, Answer>[] = []
  #asking = false

  /** @param most keys in one question @param ask answers in the order of the keys */
  constructor(most: number, ask: (keys: readonly Key[]) => Promise<readonly Answer[]>) {
    this.#most = most
    this.#ask = ask
  }

  of(key: Key): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject })
      if (!this.#asking) void this.#work()
    })
  }

  async #work(): Promise<void> {
    this.#asking = true
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, this.#most)
      try {
        const answers = await this.#ask(together.map(({ key }) => key))
        for (const [i, { resolve }] of together.entries()) resolve(answers[i] as Answer)
      } catch (error) {
        for (const { reject } of together) reject(error)
      }
    }
    this.#asking = false
  }
}
