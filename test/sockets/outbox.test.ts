import { expect } from 'chai'
import fc from 'fast-check'
import type { OrderView } from '../../server/contract/order-view.ts'
import type { Pushes } from '../../server/contract/pushes.ts'
import { PushTally } from '../../server/metrics/pushes.ts'
import { Outbox } from '../../server/sockets/outbox.ts'

const order = (id: string, version: number) => ({ id, version }) as OrderView
const place = (orderId: string, lat: number) => ({ orderId, lat, lng: 127, at: '2026-05-01T09:00:00Z', stale: false })

/** A line that takes packets when it is told to. */
class Line {
  readonly heard: { readonly name: keyof Pushes; readonly payload: unknown }[] = []
  readonly #sent: { readonly name: keyof Pushes; readonly payload: unknown }[] = []
  cut = 0
  readonly tally = new PushTally()
  readonly outbox = new Outbox({
    send: (name, payload) => void this.#sent.push({ name, payload }),
    backlog: () => this.#sent.length,
    overflow: () => void this.cut++,
    tally: this.tally,
  })

  take(): void {
    this.heard.push(...this.#sent.splice(0))
    this.outbox.drained()
  }

  takeAll(): void {
    do this.take()
    while (this.#sent.length > 0)
  }
}

describe('what is to be told to one socket', () => {
  it('is told at once and whole to who keeps up', () => {
    const line = new Line()
    for (let version = 1; version <= 1_000; version++) {
      line.outbox.push('order', order('o_1', version))
      line.take()
    }
    expect(line.heard.map(({ payload }) => (payload as OrderView).version)).to.deep.equal(Array.from({ length: 1_000 }, (_, i) => i + 1))
  })

  it('is the newest of each thing for who does not, and never an older one after a newer', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ id: fc.integer({ min: 0, max: 120 }), takes: fc.boolean() }), { maxLength: 2_000 }), steps => {
        const line = new Line()
        const newest = new Map<string, number>()
        let version = 0
        for (const { id, takes } of steps) {
          newest.set(`o_${id}`, ++version)
          line.outbox.push('order', order(`o_${id}`, version))
          if (takes && version % 50 === 0) line.take()
        }
        line.takeAll()
        const told = new Map<string, number>()
        for (const { payload } of line.heard) {
          const { id, version: heard } = payload as OrderView
          expect(heard).to.be.above(told.get(id) ?? 0)
          told.set(id, heard)
        }
        expect(told).to.deep.equal(newest)
        expect([line.cut, line.outbox.waiting]).to.deep.equal([0, 0])
      }),
    )
  })

  it('leaves out where riders are before anything else, and then gives the socket up', () => {
    const line = new Line()
    for (let i = 0; i < 64; i++) line.outbox.push('order', order('o_first', i))
    for (let i = 0; i < 900; i++) line.outbox.push('rider:location', place(`o_${i}`, 37))
    for (let i = 0; i < 900; i++) line.outbox.push('order', order(`o_${i}`, 1))
    expect([line.cut, line.outbox.waiting]).to.deep.equal([0, 900])
    for (let i = 900; i < 1_001; i++) line.outbox.push('order', order(`o_${i}`, 1))
    expect([line.cut, line.outbox.waiting]).to.deep.equal([1, 0])
  })

  it('is only the sync, once there is a new one', () => {
    const line = new Line()
    for (let i = 0; i < 64; i++) line.outbox.push('order', order('o_first', i))
    for (let i = 0; i < 100; i++) line.outbox.push('order', order(`o_${i}`, 1))
    line.outbox.push('sync', { orders: [order('o_1', 9)], serverTime: '2026-05-01T09:00:00Z' })
    line.outbox.push('delivery:gone', { orderId: 'o_3' } as Pushes['delivery:gone'])
    line.outbox.push('delivery:gone', { orderId: 'o_3' } as Pushes['delivery:gone'])
    line.takeAll()
    expect(line.heard.slice(64).map(({ name }) => name)).to.deep.equal(['sync', 'delivery:gone'])
  })
})
