/** Sockets that are open, by account and by address. */
export class HeadCount {
  readonly #most: { readonly perAccount: number; readonly perAddress: number }
  readonly #heads = new Map<string, number>()

  constructor(most: { readonly perAccount: number; readonly perAddress: number }) {
    this.#most = most
  }

  /** @returns what counts it out again, once; undefined when there are as many as there may be */
  enter({ account, address }: { readonly account: string; readonly address: string }): (() => void) | undefined {
    const [own, near] = [`account ${account}`, `address ${address}`]
    if (this.#of(own) >= this.#most.perAccount || this.#of(near) >= this.#most.perAddress) return undefined
    for (const key of [own, near]) this.#heads.set(key, this.#of(key) + 1)
    let inside = true
    return () => {
      if (!inside) return
      inside = false
      for (const key of [own, near]) {
        const left = this.#of(key) - 1
        if (left > 0) this.#heads.set(key, left)
        else this.#heads.delete(key)
      }
    }
  }

  #of(key: string): number {
    return this.#heads.get(key) ?? 0
  }
}
