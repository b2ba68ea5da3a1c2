import type { Clock } from '../../actors/clock.ts'

/** The system's time. An alarm that nobody waits for any more does not keep the test process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms).unref()
    return { cancel: () => clearTimeout(timer) }
  },
}
