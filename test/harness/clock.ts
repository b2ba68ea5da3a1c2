import type { Clock } from '../../actors/clock.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return { cancel: () => clearTimeout(timer) }
  },
}
