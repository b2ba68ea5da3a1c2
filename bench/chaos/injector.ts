import { setTimeout as pause } from 'node:timers/promises'
import type { House } from '../../config/runtime/house.ts'
import type { Network } from './network.ts'
import type { Fault } from './plan.ts'

/** Does to the house what the plan says, and heals what it did. */
export class Injector {
  readonly #house: House
  readonly #network: Network
  readonly #onFault: (fault: Fault) => void

  constructor(house: House, network: Network, onFault: (fault: Fault) => void) {
    this.#house = house
    this.#network = network
    this.#onFault = onFault
  }

  /** Answers when the last fault is healed. */
  async run(faults: readonly Fault[]): Promise<void> {
    const began = Date.now()
    const healing: Promise<void>[] = []
    for (const fault of faults) {
      await pause(Math.max(0, began + fault.atMs - Date.now()))
      healing.push(this.#inject(fault))
      this.#onFault(fault)
    }
    await Promise.all(healing)
  }

  async #inject({ kind, target, forMs }: Fault): Promise<void> {
    switch (kind) {
      case 'kill':
        return this.#house.kill(target, 'SIGKILL')
      case 'restart':
        // PostgreSQL's SIGTERM waits until every client has left; SIGINT is how it is restarted.
        return this.#house.kill(target, target === 'postgres' ? 'SIGINT' : 'SIGTERM')
      case 'pause':
        this.#house.kill(target, 'SIGSTOP')
        await pause(forMs)
        return this.#house.kill(target, 'SIGCONT')
      case 'cut':
        this.#network.cut(target)
        await pause(forMs)
        return this.#network.heal(target)
      case 'stall':
        this.#network.stall(target)
        await pause(forMs)
        return this.#network.heal(target)
    }
  }
}
