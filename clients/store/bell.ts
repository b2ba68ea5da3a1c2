/** `closed`: the browser wants a touch first. `none`: it has no sound at all. */
export type BellState = 'open' | 'closed' | 'none'

/** Two tones, as a shop's door: pitch in Hz, and when it sounds, seconds from now. */
const TONES = [
  { pitch: 988, at: 0 },
  { pitch: 1_319, at: 0.22 },
] as const
const LASTS_S = 0.5
/** Loud: a kitchen is. */
const LOUD = 0.9

/** The sound of a new order, made here: nothing has to be fetched for it. */
export class Bell {
  readonly #context: AudioContext | undefined
  readonly #listeners = new Set<() => void>()

  constructor() {
    this.#context = 'AudioContext' in globalThis ? new AudioContext() : undefined
    if (this.#context) this.#context.onstatechange = () => this.#changed()
  }

  get state(): BellState {
    if (!this.#context) return 'none'
    return this.#context.state === 'running' ? 'open' : 'closed'
  }

  /** Once at a touch or a key: browsers allow no sound before. */
  allow(): void {
    if (this.state === 'closed') void this.#context?.resume().catch(() => undefined)
  }

  /** Silent while it is not allowed. */
  ring(): void {
    const context = this.#context
    if (!context || this.state !== 'open') return
    for (const { pitch, at } of TONES) {
      const [oscillator, gain] = [context.createOscillator(), context.createGain()]
      const begin = context.currentTime + at
      oscillator.type = 'triangle'
      oscillator.frequency.value = pitch
      gain.gain.setValueAtTime(LOUD, begin)
      gain.gain.exponentialRampToValueAtTime(0.001, begin + LASTS_S)
      oscillator.connect(gain).connect(context.destination)
      oscillator.start(begin)
      oscillator.stop(begin + LASTS_S)
    }
  }

  onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    void this.#context?.close().catch(() => undefined)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
