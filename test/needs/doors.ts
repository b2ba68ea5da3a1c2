import { ApiRefusal } from '../../clients/shared/api.ts'
import type { Command } from '../../clients/shared/commands.ts'
import type { Live } from '../../clients/shared/live.ts'
import { COMMAND_PATHS, type CommandName } from '../../server/contract/order-commands.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import type { Somebody } from '../harness/people.ts'

/** What somebody wants done, whichever door it is sent through. */
export interface Wish {
  readonly name: CommandName
  /** Of every wish but `place`. */
  readonly orderId?: string
  readonly key?: string
  readonly body?: object
}

/** Sends a wish. @throws Refusal */
export type Door = (wish: Wish) => Promise<OrderView>

export class Refusal extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.name = 'Refusal'
    this.code = code
  }
}

export const restDoor =
  (who: Somebody): Door =>
  async ({ name, orderId, key, body = {} }) => {
    const path = name === 'place' ? '/api/orders' : `/api/orders/${orderId}/${COMMAND_PATHS[name]}`
    try {
      return await who.call<OrderView>(path, 'POST', body, key)
    } catch (error) {
      throw error instanceof ApiRefusal ? new Refusal(`${error.status} ${error.body.code}`) : error
    }
  }

export const socketDoor =
  (live: Live): Door =>
  async ({ name, orderId, key, body = {} }) => {
    const ids = { ...(orderId === undefined ? {} : { orderId }), ...(key === undefined ? {} : { idempotencyKey: key }) }
    const ack = await live.command({ ...body, name, ...ids } as Command)
    if (!ack.ok) throw new Refusal(ack.error.code)
    return ack.order
  }

/** The code of a refusal, or `went through`. */
export const refusalOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'went through',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )

/**
 * An app on a bad day: over REST it asks again under the same key until it has an answer that means something.
 * @param met an answer that is still awaited, such as a payment that is under way, is asked for again
 * @throws Refusal
 */
export const insist = async (door: Door, wish: Wish, met: (answer: OrderView) => boolean = () => true): Promise<OrderView> => {
  let answer: OrderView | undefined
  const ask = async (): Promise<boolean> => {
    answer = await door(wish).catch((error: unknown) => {
      // Not reached, or nobody can say: 429 and 5xx promise nothing.
      if (error instanceof TypeError || (error instanceof Refusal && /^(429|5)/.test(error.code))) return undefined
      throw error
    })
    return answer !== undefined && met(answer)
  }
  await until(`${wish.name} ${wish.key ?? ''} is answered`, ask, 30_000)
  return answer as OrderView
}

export const isPlaced = ({ status }: OrderView): boolean => status === 'placed'
