import type { Signals } from '../signals.ts'
import { matches } from '../subjects.ts'

export class MemorySignals implements Signals {
  readonly #listeners = new Set<{ readonly subjects: readonly string[]; readonly handler: (subject: string, body: never) => void }>()

  announce(subject: string, body: unknown): void {
    const copy = JSON.parse(JSON.stringify(body)) as never
    queueMicrotask(() => {
      for (const { subjects, handler } of this.#listeners) if (subjects.some(pattern => matches(pattern, subject))) handler(subject, copy)
    })
  }

  hear<T>(subjects: string | readonly string[], handler: (subject: string, body: T) => void): { stop(): void } {
    const listener = {
      subjects: typeof subjects === 'string' ? [subjects] : subjects,
      handler: handler as (subject: string, body: never) => void,
    }
    this.#listeners.add(listener)
    return { stop: () => void this.#listeners.delete(listener) }
  }
}
