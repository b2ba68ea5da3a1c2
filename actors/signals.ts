/** The port to messages that nobody keeps: who listens hears them, who does not has missed nothing that matters. */
export interface Signals {
  /** `pos.<cell>.<riderId>`: where a rider is. */
  announce(subject: string, body: unknown): void
  hear<T>(subjects: string | readonly string[], handler: (subject: string, body: T) => void): { stop(): void }
}
