import type { Command } from '../../clients/shared/commands.ts'
import { type CommandOptions, Live, type LiveOptions } from '../../clients/shared/live.ts'
import { ConnectError } from '../../clients/shared/refusals.ts'
import { PUSHES } from '../../server/contract/pushes.ts'
import type { Asked } from '../../server/contract/requests.ts'
import { breaches } from './breaches.ts'
import { breachOfAck, breachOfAnswer, breachOfPush } from './contract-check.ts'

/** @throws Error for a breach, which fails the test even when somebody catches it */
export const noBreach = (breach: string | undefined): void => {
  if (breach === undefined) return
  breaches.push(breach)
  throw new Error(`said against the contract: ${breach}`)
}

/** `fetch`, and whatever our own server answers is held against its document. @throws Error for a breach */
export const checkedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const { pathname } = new URL(response.url)
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
  const text = await response.clone().text()
  noBreach(breachOfAnswer({ method, path: pathname, status: response.status, type: response.headers.get('content-type'), text }))
  return response
}

/** A connection, and whatever it is told or answered is held against the document of the sockets. */
export class CheckedLive extends Live {
  constructor(options: LiveOptions) {
    super(options)
    for (const name of Object.keys(PUSHES) as (keyof typeof PUSHES)[])
      this.on(name, (payload: unknown) => noBreach(breachOfPush(name, payload)))
  }

  override async connect(): Promise<void> {
    try {
      await super.connect()
    } catch (error) {
      if (error instanceof ConnectError) {
        const { code, message } = error
        noBreach(breachOfPush('connect_error', { message, data: { code, message } }))
      }
      throw error
    }
  }

  override async command(command: Command, options?: CommandOptions) {
    return acked('command', await super.command(command, options))
  }

  override async seen(orderId: string) {
    return acked('seen', await super.seen(orderId))
  }

  override async location(location: Asked['location']) {
    return acked('location', await super.location(location))
  }

  override async online(online: boolean) {
    return acked('online', await super.online(online))
  }
}

/** An ack that is as it is documented. @throws Error */
export const acked = <Ack>(name: string, ack: Ack): Ack => {
  noBreach(breachOfAck(name, ack))
  return ack
}
