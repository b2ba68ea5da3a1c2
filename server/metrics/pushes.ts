import { type Registry, register } from 'prom-client'
import type { Pushes } from '../contract/pushes.ts'
import { gauge, only, total } from './figure.ts'
import { Tally } from './tally.ts'

type Name = keyof Pushes

/** What became of what sockets were to be told, all of them together. */
export class PushTally {
  readonly #sent = new Tally(['event'])
  readonly #conflated = new Tally(['event'])
  readonly #dropped = new Tally(['event'])

  sent(name: Name): void {
    this.#sent.add(name)
  }

  /** A newer one of the same thing took its place while the line was slow. */
  conflated(name: Name): void {
    this.#conflated.add(name)
  }

  /** Too much waited: where a rider is goes first, then the socket and all that waits for it. */
  dropped(name: Name): void {
    this.#dropped.add(name)
  }

  measure(registry: Registry = register): void {
    const shared = { registry, labels: ['event'] as const }
    total({ ...shared, name: 'socket_pushes_total', help: 'Pushes handed to a socket', look: () => this.#sent.samples() })
    total({
      ...shared,
      name: 'socket_pushes_conflated_total',
      help: 'Pushes whose place a newer one of the same thing took, while the line was slow',
      look: () => this.#conflated.samples(),
    })
    total({
      ...shared,
      name: 'socket_pushes_dropped_total',
      help: 'Pushes left out because too much waited for one socket',
      look: () => this.#dropped.samples(),
    })
  }
}

/** Sockets of a gateway, now. */
export const measureSockets = (sockets: { readonly count: number; readonly waiting: number }, registry: Registry = register): void => {
  gauge({ registry, name: 'sockets_connected', help: 'Sockets that are open and signed in', look: () => only(sockets.count) })
  gauge({ registry, name: 'sockets_waiting', help: 'Connections that wait to be let in', look: () => only(sockets.waiting) })
}
