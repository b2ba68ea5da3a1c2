import type { NatsConnection } from '@nats-io/transport-node'
import { HEARD } from './heard.ts'

export interface Ahead {
  /** For how long. */
  readonly ms: number
  /** Pushes that may be on their way at any moment. */
  readonly ahead: number
  /** Sends the next, and says how many pushes come of it. */
  readonly next: () => number
}

const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 1))

/** Feeds a server as fast as its audience hears, so far ahead and no further. @returns the pushes that must come of it */
export const keepAhead = async (nats: NatsConnection, { ms, ahead, next }: Ahead): Promise<number> => {
  let [pushes, heardBefore, heard] = [0, -1, 0]
  const hearing = nats.subscribe(HEARD, {
    callback: (_error, message) => {
      const count = Number(message.string())
      if (heardBefore < 0) heardBefore = count
      heard = count - heardBefore
    },
  })
  while (heardBefore < 0) await turn()
  const untilMs = performance.now() + ms
  while (performance.now() < untilMs) {
    while (pushes - heard < ahead) pushes += next()
    await turn()
  }
  hearing.unsubscribe()
  return pushes
}
