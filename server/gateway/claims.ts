import type { Logger } from 'pino'
import type { Commands } from './commands.ts'
import type { Pusher } from './pusher.ts'

/** Commands whose claims are followed by the rider's sockets at once, whichever door they came through. */
export const followClaims = (
  commands: Pick<Commands, 'execute'>,
  pusher: Pick<Pusher, 'claimed'>,
  logger: Pick<Logger, 'warn'>,
): Pick<Commands, 'execute'> => ({
  async execute(account, request) {
    const executed = await commands.execute(account, request)
    if (request.name !== 'pick' && request.name !== 'claim') return executed
    // The claim stands whether or not it can be followed from here: the next connection's sync knows it.
    await pusher
      .claimed(account.id, executed.view.id)
      .catch((error: unknown) =>
        logger.warn({ err: error, requestId: account.requestId, orderId: executed.view.id }, 'a claimed order could not be followed'),
      )
    return executed
  },
})
