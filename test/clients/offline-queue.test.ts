import { expect } from 'chai'
import { OfflineQueue } from '../../clients/shared/offline-queue.ts'
import { inLocalStorage, keptIn, type TapStorage } from '../../clients/shared/tap-storage.ts'
import { ApiError } from '../../server/contract/errors.ts'
import { until } from '../gateway/pusher-town.ts'
import { Kitchen } from './kitchen.ts'

const accept = (orderId: string) => ({ name: 'accept', orderId, prepMinutes: 10 }) as const
const cook = (orderId: string) => ({ name: 'startCooking', orderId }) as const

/** A tablet's memory. */
class Memory implements TapStorage {
  text: string | undefined
  full = false
  load = () => this.text
  save = (text: string): void => {
    if (this.full) throw new Error('the quota is used up')
    this.text = text
  }
}

describe('the taps of a store without a line', () => {
  let kitchen: Kitchen
  let memory: Memory
  let queues: OfflineQueue[]

  beforeEach(async () => {
    kitchen = await Kitchen.open()
    memory = new Memory()
    queues = []
    for (const id of ['o_1', 'o_2']) await kitchen.town.placed(id)
  })
  afterEach(async () => {
    for (const queue of queues) queue.close()
    await kitchen[Symbol.asyncDispose]()
  })

  const tablet = async (limit?: number) => {
    const live = await kitchen.joins('store/store-1')
    const queue = new OfflineQueue({ live, storage: memory, now: () => 1_000, ...(limit === undefined ? {} : { limit }) })
    queues.push(queue)
    return { live, queue }
  }
  const losesLine = async (live: { readonly connected: boolean }): Promise<void> => {
    kitchen.cable.set('cut')
    await until('the line is lost', () => !live.connected)
  }

  it('wait where everybody can see them, and are done once and in order when it is back', async () => {
    const { live, queue } = await tablet()
    await losesLine(live)
    let changes = 0
    queue.onChange(() => void changes++)
    for (const tap of [{ name: 'seen', orderId: 'o_1' } as const, accept('o_1'), cook('o_1'), accept('o_2')]) queue.add(tap)
    const shown = queue.waiting.map(({ command, sinceMs, state }) => [command.name, command.orderId, sinceMs, state])
    expect([changes, shown]).to.deep.equal([
      4,
      [
        ['seen', 'o_1', 1_000, 'waiting'],
        ['accept', 'o_1', 1_000, 'waiting'],
        ['startCooking', 'o_1', 1_000, 'waiting'],
        ['accept', 'o_2', 1_000, 'waiting'],
      ],
    ])
    kitchen.cable.set('open')
    await until('all are done', () => queue.waiting.length === 0)
    expect([await kitchen.steps('o_1'), await kitchen.steps('o_2')]).to.deep.equal([['seen', 'accept', 'startCooking'], ['accept']])
    expect([queue.refused, live.orders.get('o_1')?.status]).to.deep.equal([[], 'cooking'])
  })

  it('are done at once while there is a line, and shown as under way until they are answered', async () => {
    const { queue } = await tablet()
    const hold = Promise.withResolvers<void>()
    kitchen.after = () => hold.promise
    queue.add(accept('o_1'))
    queue.add(cook('o_1'))
    queue.add(accept('o_2'))
    await until('both orders are under way', () => kitchen.heard.length === 2)
    expect(queue.waiting.map(({ state }) => state)).to.deep.equal(['sending', 'waiting', 'sending'])
    hold.resolve()
    await until('all are done', () => queue.waiting.length === 0)
  })

  it('are explained when the customer was faster, and those after them are for the server to judge', async () => {
    const { live, queue } = await tablet()
    await losesLine(live)
    queue.add(accept('o_1'))
    queue.add(cook('o_1'))
    queue.add(accept('o_2'))
    const told: string[] = []
    queue.onRefused(({ command, refusal }) => told.push(`${command.name} ${refusal.code} ${refusal.message}`))
    await kitchen.town.tell('order/o_1', { type: 'cancel' }, 'customer-1')
    kitchen.cable.set('open')
    await until('all are answered', () => queue.waiting.length === 0)
    const why = 'ORDER_REFUSED The order cannot do this in its present state.'
    expect(told).to.deep.equal([`accept ${why}`, `startCooking ${why}`])
    expect(await kitchen.steps('o_2')).to.deep.equal(['accept'])
    expect(queue.refused.map(({ refusal }) => refusal.details?.status)).to.deep.equal(['canceled', 'canceled'])
    expect(keptIn(memory.text).refused).to.have.length(2)
    for (const { key } of queue.refused) queue.dismiss(key)
    expect([queue.refused, keptIn(memory.text).refused]).to.deep.equal([[], []])
  })

  it('outlive the tablet’s crash, and what was done before it is not done again', async () => {
    const first = await tablet()
    const answered = Promise.withResolvers<void>()
    kitchen.after = () => {
      kitchen.after = () => undefined
      return answered.promise // done, and the tablet never hears so
    }
    first.queue.add(accept('o_1'))
    first.queue.add(cook('o_1'))
    await until('the first is done', async () => (await kitchen.steps('o_1')).length === 1)
    first.queue.close()
    first.live.close()
    answered.resolve()

    const { queue } = await tablet()
    await until('all are done', () => queue.waiting.length === 0)
    expect([await kitchen.steps('o_1'), queue.refused]).to.deep.equal([['accept', 'startCooking'], []])
    const keys = kitchen.heard.filter(({ name }) => name === 'accept').map(({ idempotencyKey }) => idempotencyKey)
    expect([keys.length, new Set(keys).size]).to.deep.equal([2, 1])
  })

  it('are refused when as many wait as may, or when the tablet cannot keep them', async () => {
    const { live, queue } = await tablet(2)
    await losesLine(live)
    memory.full = true
    expect(queue.add(accept('o_1'))).to.deep.equal({ kind: 'refused', code: 'NOT_SAVED' })
    memory.full = false
    const taken = [accept('o_1'), cook('o_1'), accept('o_2')].map(tap => queue.add(tap))
    expect(taken.map(({ kind }) => kind)).to.deep.equal(['taken', 'taken', 'refused'])
    expect(taken[2]).to.deep.equal({ kind: 'refused', code: 'QUEUE_FULL' })
    expect([queue.waiting.length, keptIn(memory.text).waiting.length]).to.deep.equal([2, 2])
  })

  it('are tried again as long as the server cannot say', async () => {
    const { queue } = await tablet()
    let noes = 3
    kitchen.before = () => {
      if (noes-- > 0) throw new ApiError('NO_HOST', { retryAfterS: 0 })
    }
    queue.add(accept('o_1'))
    await until('it is done', () => queue.waiting.length === 0)
    expect([await kitchen.steps('o_1'), queue.refused]).to.deep.equal([['accept'], []])
  })

  it('rest for as long as the server asks, and hold up no other order', async () => {
    const live = await kitchen.joins('store/store-1')
    const rest = Promise.withResolvers<void>()
    const rests: number[] = []
    const queue = new OfflineQueue({
      live,
      rest: ms => {
        rests.push(ms)
        return rest.promise
      },
    })
    queues.push(queue)
    kitchen.before = ({ orderId }) => {
      if (orderId === 'o_1' && rests.length === 0) throw new ApiError('TOO_MANY_REQUESTS', { retryAfterS: 45 })
    }
    for (const tap of [accept('o_1'), cook('o_1'), accept('o_2')]) queue.add(tap)
    await until('one rests and the other is done', () => rests.length === 1 && queue.waiting.length === 2)
    expect([rests, queue.waiting.map(({ state }) => state)]).to.deep.equal([[45_000], ['waiting', 'waiting']])
    rest.resolve()
    await until('all are done', () => queue.waiting.length === 0)
    expect(await kitchen.steps('o_1')).to.deep.equal(['accept', 'startCooking'])
  })

  it('begin anew where what was kept cannot be read, and stand under the account’s own name', async () => {
    const pages = new Map([['taps of store-1', '{"waiting":[{"key":7},{"key":"k","command":{"name":"pick","orderId":"o_1"}}]']])
    const page = { getItem: (name: string) => pages.get(name) ?? null, setItem: (name: string, text: string) => void pages.set(name, text) }
    const storage = inLocalStorage(page, 'taps of store-1')
    expect(keptIn(storage.load())).to.deep.equal({ waiting: [], refused: [] })
    storage.save(`${storage.load()}}`)
    expect(keptIn(storage.load()).waiting.map(({ key }) => key)).to.deep.equal(['k'])
    expect(inLocalStorage(page, 'taps of store-2').load()).to.equal(null)
  })
})
