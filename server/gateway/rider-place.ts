import type { Alarm, Clock } from '../../actors/clock.ts'
import { newer, type Position } from './device.ts'
import { type Age, ageOf, type Freshness } from './freshness.ts'
import type { Hold } from './interest.ts'
import type { Positions } from './positions.ts'

export interface RiderPlaceOptions {
  readonly riderId: string
  readonly positions: Pick<Positions, 'follow' | 'of'>
  readonly clock: Clock
  readonly freshness: Freshness
  readonly moved: (position: Position, stale: boolean) => void
  /** @param at when he was last heard of */
  readonly hidden: (at: string) => void
}

/**
 * Where one rider is, told while it lasts.
 * R1. Nothing older is told after something newer.
 * R2. A position is told again when it becomes stale, and withdrawn when it is too old to be shown.
 * R3. Nothing is told after `close`.
 */
export class RiderPlace {
  readonly riderId: string
  readonly #options: RiderPlaceOptions
  #hold: Hold | undefined
  #last: Position | undefined
  /** As what the last position was told. */
  #told: Age | undefined
  #turn: Alarm | undefined
  #closed = false

  constructor(options: RiderPlaceOptions) {
    this.#options = options
    this.riderId = options.riderId
  }

  /** Follows, reads what is known, and tells it. @throws when the last position cannot be read; what comes is told all the same */
  async open(): Promise<void> {
    const { positions, riderId } = this.#options
    this.#hold = positions.follow(riderId, position => this.#hear(position))
    await this.#hold.ready // followed first and read then, so that nothing falls between the two
    const known = await positions.of(riderId)
    if (known) this.#hear(known)
  }

  close(): void {
    this.#closed = true // R3
    this.#hold?.release()
    this.#turn?.cancel()
  }

  #hear(position: Position): void {
    if (this.#closed || !newer(position, this.#last)) return // R1
    this.#last = position
    this.#told = undefined
    this.#tell(position)
  }

  #tell(position: Position): void {
    const { clock, freshness, moved, hidden } = this.#options
    const age = ageOf(position.at, clock.now(), freshness)
    if (age !== this.#told) {
      this.#told = age
      if (age === 'hidden') hidden(position.at)
      else moved(position, age === 'stale')
    }
    this.#turn?.cancel()
    if (age === 'hidden') return
    const turnsAtMs = Date.parse(position.at) + (age === 'live' ? freshness.staleMs : freshness.hiddenMs)
    this.#turn = clock.after(turnsAtMs - clock.now(), () => this.#tell(position)) // R2; a timer may be early, then it is set again
  }
}
