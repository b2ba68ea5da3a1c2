import { setTimeout as pause } from 'node:timers/promises'
import { JetStreamApiError } from '@nats-io/jetstream'
import { NoRespondersError, RequestError, TimeoutError } from '@nats-io/transport-node'

const TRIES = 6
const PAUSE_MS = 500

/**
 * Asks a question of the JetStream API that may be asked twice, again while nobody answers it. A cluster that elects a leader
 * is silent or says 503 for some seconds, and of two processes that create the same thing at once one may get no answer.
 * @throws what the last of 6 tries threw; at once, whatever is an answer
 */
export const patiently = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  for (let tries = 1; ; tries++) {
    try {
      return await ask()
    } catch (error) {
      if (tries === TRIES || !isSilence(error)) throw error
      await pause(PAUSE_MS)
    }
  }
}

const isSilence = (error: unknown): boolean =>
  error instanceof TimeoutError ||
  error instanceof NoRespondersError ||
  (error instanceof RequestError && error.isNoResponders()) ||
  (error instanceof JetStreamApiError && error.status === 503)
