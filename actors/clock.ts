/** Time as a parameter: the system's in a process, one wound by hand in tests (`memory/clock.ts`). */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls once, `ms` from now. */
  after(ms: number, call: () => void): Alarm
}
export interface Alarm {
  cancel(): void
}

export const isoOf = (ms: number): string => new Date(ms).toISOString()
