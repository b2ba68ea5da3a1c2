import { useSyncExternalStore } from 'react'

/**
 * One thing that this device remembers between visits, the same in every tab. What cannot be read, or was written by another release, is as if it
 * were not there; where nothing can be written (a private window), it is remembered for as long as the page is open.
 */
export class Kept<Value> {
  readonly #name: string
  readonly #otherwise: Value
  readonly #isOne: (read: unknown) => read is Value
  readonly #listeners = new Set<() => void>()
  #value: Value

  /** @param otherwise when nothing is kept */
  constructor(name: string, otherwise: Value, isOne: (read: unknown) => read is Value) {
    this.#name = `baedal ${name}`
    this.#otherwise = otherwise
    this.#isOne = isOne
    this.#value = this.#read()
    window.addEventListener('storage', ({ key }) => {
      if (key === this.#name || key === null) this.#show(this.#read())
    })
  }

  get value(): Value {
    return this.#value
  }

  set(value: Value): void {
    try {
      localStorage.setItem(this.#name, JSON.stringify(value))
    } catch {
      // no room, or not allowed: the page itself still knows
    }
    this.#show(value)
  }

  onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #show(value: Value): void {
    this.#value = value
    for (const listener of this.#listeners) listener()
  }

  #read(): Value {
    try {
      const read: unknown = JSON.parse(localStorage.getItem(this.#name) ?? 'null')
      return this.#isOne(read) ? read : this.#otherwise
    } catch {
      return this.#otherwise
    }
  }
}

export const useKept = <Value>(kept: Kept<Value>): Value => useSyncExternalStore(kept.onChange, () => kept.value)
