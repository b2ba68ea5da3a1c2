import { expect } from 'chai'
import { orderView } from '../../server/contract/order-view.ts'
import { rowsOf } from '../../server/db/order-row.ts'
import { by, PAID, story } from './order-story.ts'
import { ReadModel } from './read-model.ts'

const KITCHEN = by('store', 'store-1')
const cooked = story({
  id: 'o_1',
  events: [
    PAID,
    { type: 'accept', prepMinutes: 20, ...KITCHEN },
    { type: 'startCooking', ...KITCHEN },
    { type: 'finishCooking', ...KITCHEN },
  ],
})

describe('the writer of the read model', () => {
  it('keeps what every audience’s view is made of', async () => {
    await using model = await ReadModel.open('write')
    await model.take(...cooked)
    const row = await model.read.orderById('o_1')
    const last = cooked.at(-1)
    expect(row?.state).to.deep.equal(JSON.parse(JSON.stringify(last?.state)))
    expect(row && orderView(row.state, row.version, row.at, 'ops')).to.deep.include({
      id: 'o_1',
      version: 5,
      status: 'cooked',
      total: 9_000,
    })
    expect(row?.at).to.equal(last?.at)
  })

  it('tells the timeline in names that people read', async () => {
    await using model = await ReadModel.open('write')
    await model.take(...cooked.map(record => (record.version === 3 ? { ...record, correlationId: 'r-81' } : record)))
    expect(await model.read.timeline('o_1')).to.deep.equal([
      {
        version: 1,
        event: 'place',
        status: 'paying',
        at: '2026-03-02T12:00:00.000Z',
        by: { role: 'customer', id: 'customer-1' },
        commandId: 'o_1:0',
      },
      {
        version: 2,
        event: 'confirmPayment.done',
        status: 'placed',
        at: '2026-03-02T12:00:01.000Z',
        by: { role: 'system', id: 'confirmPayment' },
        commandId: 'o_1:1',
      },
      {
        version: 3,
        event: 'accept',
        status: 'accepted',
        at: '2026-03-02T12:00:02.000Z',
        by: { role: 'store', id: 'store-1' },
        commandId: 'o_1:2',
        correlationId: 'r-81',
      },
      {
        version: 4,
        event: 'startCooking',
        status: 'cooking',
        at: '2026-03-02T12:00:03.000Z',
        by: { role: 'store', id: 'store-1' },
        commandId: 'o_1:3',
      },
      {
        version: 5,
        event: 'finishCooking',
        status: 'cooked',
        at: '2026-03-02T12:00:04.000Z',
        by: { role: 'store', id: 'store-1' },
        commandId: 'o_1:4',
      },
    ])
  })

  it('changes nothing when a record comes again, or late', async () => {
    await using model = await ReadModel.open('write')
    await model.take(...cooked)
    const before = { row: await model.read.orderById('o_1'), timeline: await model.read.timeline('o_1') }
    await model.take(...cooked)
    for (const record of [...cooked].reverse()) await model.take(record)
    expect({ row: await model.read.orderById('o_1'), timeline: await model.read.timeline('o_1') }).to.deep.equal(before)
  })

  it('ends in the same rows whatever the order of the batches', async () => {
    await using model = await ReadModel.open('write')
    const [first, second, third, fourth, fifth] = cooked
    if (!first || !second || !third || !fourth || !fifth) throw new Error('the story has five records')
    await model.take(fourth, second)
    expect((await model.read.orderById('o_1'))?.version).to.equal(4)
    await model.take(third, first)
    expect((await model.read.orderById('o_1'))?.version).to.equal(4)
    await model.take(fifth)
    expect((await model.read.orderById('o_1'))?.version).to.equal(5)
    expect((await model.read.timeline('o_1')).map(({ version }) => version)).to.deep.equal([1, 2, 3, 4, 5])
  })

  it('writes nothing onto a position that somebody else has moved', async () => {
    await using model = await ReadModel.open('write')
    await model.take(...cooked)
    const rows = story({ id: 'o_2' }).map(rowsOf)
    for (const after of [0, 4, 6]) {
      expect(await model.write.write({ after, upTo: 9, rows, records: [] })).to.deep.equal({ kind: 'overtaken' })
    }
    expect(await model.read.orderById('o_2')).to.equal(undefined)
    expect(await model.read.position('ORDERS')).to.equal(5)
  })

  it('lets one of two writers at the same position win', async () => {
    await using model = await ReadModel.open('write')
    const stretch = (id: string, upTo: number) => ({ after: 0, upTo, rows: story({ id }).map(rowsOf), records: [] })
    const written = await Promise.all([model.write.write(stretch('o_a', 1)), model.write.write(stretch('o_b', 2))])
    expect(written.map(({ kind }) => kind).sort()).to.deep.equal(['overtaken', 'written'])
    const { rows } = (await model.read.listOrders({ role: 'ops', id: 'ops-1', limit: 10 })) as { rows: readonly { id: string }[] }
    expect(rows).to.have.length(1)
  })

  it('moves neither position nor rows when one row cannot be stored', async () => {
    await using model = await ReadModel.open('write')
    const good = story({ id: 'o_good' }).map(rowsOf)
    const bad = story({ id: 'o_bad' })
      .map(rowsOf)
      .map(({ view, event }) => ({ event, view: { ...view, total: 2 ** 40 } }))
    const written = await model.write.write({ after: 0, upTo: 2, rows: [...good, ...bad], records: [] })
    expect(written.kind).to.equal('unstorable')
    expect(await model.read.position('ORDERS')).to.equal(0)
    expect(await model.read.orderById('o_good')).to.equal(undefined)
  })

  it('stores a note with a NUL and half a character as it is', async () => {
    await using model = await ReadModel.open('write')
    expect(await model.take(...story({ id: 'o_1', note: `no\0onions \uD83C, "it's" \\u0000 ? 🌶` }))).to.equal('written')
    const row = await model.read.orderById('o_1')
    expect(row?.state.context.note).to.equal(`no\0onions \uD83C, "it's" \\u0000 ? 🌶`)
  })
})
