import { expect } from 'chai'
import { orderRegions } from '../../actors/kinds/order.ts'
import type { Account } from '../../server/contract/account.ts'
import type { OrderRow } from '../../server/gateway/reads.ts'
import { Feed, OpenOrders, type OpenReads, orderRow } from '../../server/gateway/sync.ts'
import { NO_READS, Town, until } from './pusher-town.ts'

const customer = { role: 'customer', id: 'customer-1' } as const

/** A read model that holds what it was given, up to a position. */
const readModel = (held: { rows: readonly OrderRow[]; position: number }): OpenReads & { asked: number } => ({
  asked: 0,
  async openOrdersOf() {
    return held.rows
  },
  async position() {
    this.asked += 1
    return held.position
  },
})

describe('what is open', () => {
  let town: Town
  beforeEach(async () => {
    town = await Town.open()
  })
  afterEach(() => town[Symbol.asyncDispose]())
  const openOrders = (reads: OpenReads): OpenOrders => new OpenOrders({ log: town.log, reads })
  const rowOf = async (id: string): Promise<OrderRow> => {
    const stored = await town.log.latest({ kind: 'order', id })
    if (!stored) throw new Error(`no order ${id}`)
    return orderRow(stored)
  }

  it('comes from the read model when that has passed the log’s end', async () => {
    await town.placed('o_1')
    const marked = { ...(await rowOf('o_1')), at: 'from the read model' }
    const read = await openOrders(readModel({ rows: [marked], position: await town.log.end('ORDERS') })).of(customer)
    expect(read).to.deep.equal([marked])
  })

  it('has what the log holds beyond a read model that is behind, for each whom it concerns', async () => {
    await town.placed('o_1')
    const held = { rows: [await rowOf('o_1')], position: await town.log.end('ORDERS') }
    await town.tell('order/o_1', { type: 'accept', prepMinutes: 10 })
    await town.placed('o_2')
    await town.placed('o_other', { customer: 'customer-2' })
    const seen = async (account: Account) => (await openOrders(readModel(held)).of(account)).map(({ id, version }) => `${id} ${version}`)
    const [first, second] = [await rowOf('o_1'), await rowOf('o_2')]
    expect(await seen(customer)).to.have.members([`o_1 ${first.version}`, `o_2 ${second.version}`])
    expect(first.version).to.be.above(held.rows[0]?.version ?? 0)
  })

  it('leaves out what has ended beyond the read model', async () => {
    await town.placed('o_1')
    const held = { rows: [await rowOf('o_1')], position: await town.log.end('ORDERS') }
    await town.tell('order/o_1', { type: 'reject', reason: '재료 소진' })
    await town.answers('o_1', 'cancelPayment', { canceledAt: town.nowIso })
    expect(await openOrders(readModel(held)).of(customer)).to.deep.equal([])
  })

  it('waits for a read model that is further behind than is worth reading', async () => {
    await town.placed('o_1')
    const held = { rows: [await rowOf('o_1')], position: 0 }
    const reads = readModel(held)
    const reading = new OpenOrders({ log: town.log, reads, most: 1 }).of(customer)
    await until('it was asked', () => reads.asked > 1)
    held.position = await town.log.end('ORDERS')
    held.rows = held.rows.map(row => ({ ...row, at: 'projected' }))
    expect((await reading).map(({ at }) => at)).to.deep.equal(['projected'])
  })

  it('is asked for once for a crowd, and never by a question older than its asker', async () => {
    await town.placed('o_1')
    const held = { rows: [await rowOf('o_1')], position: Number.MAX_SAFE_INTEGER }
    const reads = readModel(held)
    const open = openOrders(reads)
    const crowd = await Promise.all(Array.from({ length: 100 }, () => open.of(customer)))
    expect(crowd.every(([order]) => order?.id === 'o_1')).to.equal(true)
    expect(reads.asked).to.be.lessThan(5)
  })

  it('comes from the log when the read model is far behind or down', async () => {
    await town.placed('o_1')
    await town.placed('o_other', { customer: 'customer-2' })
    for (const reads of [readModel({ rows: [], position: 0 }), NO_READS]) {
      expect((await new OpenOrders({ log: town.log, reads, most: 1 }).of(customer)).map(({ id }) => id)).to.deep.equal(['o_1'])
    }
  })

  it('counts an ended order until its refund is done', async () => {
    await town.placed('o_1')
    await town.tell('order/o_1', { type: 'cancel' })
    expect((await openOrders(NO_READS).of(customer)).map(({ state }) => orderRegions(state).refund)).to.deep.equal(['pending'])
    await town.answers('o_1', 'cancelPayment', { canceledAt: town.nowIso })
    expect(await openOrders(NO_READS).of(customer)).to.deep.equal([])
  })

  it('includes a rider’s claims though the read model is down and the log files nothing by rider', async () => {
    await town.cooked('o_mine')
    await town.cooked('o_his')
    await town.picked('o_mine', 'rider-1')
    await town.picked('o_his', 'rider-2')
    expect(await openOrders(NO_READS).claimsOf('rider-1', ['o_mine', 'o_his', 'o_forgotten'])).to.deep.equal(['o_mine'])
  })

  it('is merged by version with what was heard meanwhile, and never goes back', async () => {
    await town.placed('o_1')
    const first = await rowOf('o_1')
    await town.tell('order/o_1', { type: 'accept', prepMinutes: 10 })
    const second = await rowOf('o_1')
    await town.placed('o_2')
    const other = await rowOf('o_2')
    const sent: string[] = []
    const feed = new Feed(({ id, version }) => sent.push(`${id} ${version}`))
    feed.offer(second)
    feed.offer(other)
    feed.begin([first], open => sent.push(`sync ${open.map(({ id, version }) => `${id} ${version}`).join(', ')}`))
    for (const late of [first, second, other]) feed.offer(late)
    feed.offer({ ...other, version: other.version + 1 })
    expect(sent).to.deep.equal([`sync o_2 ${other.version}, o_1 ${second.version}`, `o_2 ${other.version + 1}`])
  })

  it('does not include what ended during the read, which is told right after', async () => {
    await town.placed('o_1')
    const read = await rowOf('o_1')
    await town.tell('order/o_1', { type: 'reject', reason: '재료 소진' })
    await town.answers('o_1', 'cancelPayment', { canceledAt: town.nowIso })
    const sent: string[] = []
    const feed = new Feed(({ state }) => sent.push(orderRegions(state).order))
    feed.offer(await rowOf('o_1'))
    feed.begin([read], open => sent.push(`sync of ${open.length}`))
    expect(sent).to.deep.equal(['sync of 0', 'rejected'])
  })
})
