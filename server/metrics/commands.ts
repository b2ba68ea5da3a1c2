import { toApiError } from '../contract/errors.ts'
import type { Commands } from '../gateway/commands.ts'
import type { RequestMetrics } from './requests.ts'

/** Commands that are counted and timed, whichever door they came through. @param now any clock, ms */
export const measured = (
  commands: Pick<Commands, 'execute'>,
  metrics: Pick<RequestMetrics, 'command'>,
  now: () => number,
): Pick<Commands, 'execute'> => ({
  async execute(account, request) {
    const beganMs = now()
    const ended = (code: string): void => metrics.command(request.name, code, now() - beganMs)
    try {
      const executed = await commands.execute(account, request)
      ended(executed.status === 202 ? 'waits' : 'ok')
      return executed
    } catch (thrown) {
      ended(toApiError(thrown).code)
      throw thrown
    }
  },
})
