import type { Live } from '../shared/live.ts'
import { OfflineQueue, type Taken, type WaitingTap } from '../shared/offline-queue.ts'
import { inLocalStorage, type RefusedTap, type Tap } from '../shared/tap-storage.ts'
import { type HeldTap, HeldTaps } from './held-taps.ts'

/** What was tapped and is not over yet. */
export interface KitchenTaps {
  readonly waiting: readonly WaitingTap[]
  /** Refused by the server, until somebody has read why. */
  readonly refused: readonly RefusedTap[]
  readonly held: readonly HeldTap[]
}

/** What hands do at one tablet: held for a while where it may be undone, then kept until the server has answered, with or without a line. */
export class Kitchen {
  readonly #queue: OfflineQueue
  readonly #held: HeldTaps
  #taps: KitchenTaps

  /** @param account whose taps these are: those of one are never sent by another */
  constructor(live: Pick<Live, 'connected' | 'on' | 'command' | 'seen'>, storage: Pick<Storage, 'getItem' | 'setItem'>, account: string) {
    this.#queue = new OfflineQueue({ live, storage: inLocalStorage(storage, `taps of ${account}`) })
    this.#held = new HeldTaps({ storage: inLocalStorage(storage, heldName(account)), send: command => this.#queue.add(command) })
    this.#taps = this.#read()
    const read = (): void => {
      this.#taps = this.#read()
    }
    // That somebody has looked is no news to an order that is over: nothing to explain.
    this.#queue.onRefused(({ key, command }) => command.name === 'seen' && this.#queue.dismiss(key))
    this.#queue.onChange(read)
    this.#held.onChange(read)
  }

  /** The same object until something in it has changed. */
  get taps(): KitchenTaps {
    return this.#taps
  }

  /** At once. */
  tap(command: Tap): Taken {
    return this.#queue.add(command)
  }

  /** After a while in which it can be undone. */
  hold(command: Tap): Taken {
    return this.#held.hold(command)
  }

  undo(key: string): void {
    this.#held.undo(key)
  }

  /** A refusal was read. */
  dismiss(key: string): void {
    this.#queue.dismiss(key)
  }

  /** @param name of what another page of this tablet has written */
  reread(name: string | null, account: string): void {
    if (name === heldName(account)) this.#held.reread()
  }

  onChange = (listener: () => void): (() => void) => {
    const [unhear, leave] = [this.#queue.onChange(listener), this.#held.onChange(listener)]
    return () => {
      unhear()
      leave()
    }
  }

  close(): void {
    this.#held.close()
    this.#queue.close()
  }

  #read(): KitchenTaps {
    return { waiting: this.#queue.waiting, refused: this.#queue.refused, held: this.#held.all }
  }
}

const heldName = (account: string): string => `held taps of ${account}`
