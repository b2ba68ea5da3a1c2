import { expect } from 'chai'
import type { Taken } from '../../../clients/shared/offline-queue.ts'
import type { Tap } from '../../../clients/shared/tap-storage.ts'
import { HeldTaps, UNDO_MS } from '../../../clients/store/held-taps.ts'
import { until } from '../../harness/house.ts'

const finish = (orderId: string): Tap => ({ name: 'finishCooking', orderId })

/** A tablet whose storage outlives its app, and whose clock is ours. */
class Tablet {
  text: string | null = null
  nowMs = 1_000_000
  full = false
  readonly sent: Tap[] = []
  #keys = 0

  start(): HeldTaps {
    return new HeldTaps({
      storage: { load: () => this.text, save: text => this.#save(text) },
      send: (command): Taken => {
        if (this.full) return { kind: 'refused', code: 'QUEUE_FULL' }
        this.sent.push(command)
        return { kind: 'taken', key: command.idempotencyKey ?? '' }
      },
      now: () => this.nowMs,
      newKey: () => `key-${++this.#keys}`,
    })
  }

  #save(text: string): void {
    if (this.full) throw new Error('QuotaExceededError')
    this.text = text
  }
}

describe('taps that may be undone', () => {
  it('are not sent before their time, and then once, under the key they had from the start', async () => {
    const tablet = new Tablet()
    const held = tablet.start()
    const taken = held.hold(finish('a'))
    expect(taken).to.deep.equal({ kind: 'taken', key: 'key-1' })
    expect([held.all.length, held.all[0]?.dueMs, tablet.sent.length]).to.deep.equal([1, 1_000_000 + UNDO_MS, 0])
    held.close()
    tablet.nowMs += UNDO_MS
    const again = tablet.start()
    await until('it is sent', () => tablet.sent.length > 0)
    expect(tablet.sent).to.deep.equal([{ ...finish('a'), idempotencyKey: 'key-1' }])
    expect(again.all).to.deep.equal([])
    again.close()
    expect(tablet.start().all, 'nothing is left in the storage').to.deep.equal([])
  })

  it('survive a reload within their time, and can still be undone', () => {
    const tablet = new Tablet()
    tablet.start().close()
    const before = tablet.start()
    before.hold(finish('a'))
    before.close()
    tablet.nowMs += 2_000
    const after = tablet.start()
    expect(after.all.map(({ command }) => command.orderId)).to.deep.equal(['a'])
    after.undo('key-1')
    expect([after.all.length, tablet.sent.length, tablet.text]).to.deep.equal([0, 0, '[]'])
    after.close()
  })

  it('are one for each order: a second tap is the first', () => {
    const tablet = new Tablet()
    const held = tablet.start()
    expect(held.hold(finish('a'))).to.deep.equal(held.hold(finish('a')))
    held.hold(finish('b'))
    expect(held.all.map(({ key }) => key)).to.deep.equal(['key-1', 'key-2'])
    held.close()
  })

  it('are not taken when they cannot be saved', () => {
    const tablet = new Tablet()
    const held = tablet.start()
    tablet.full = true
    expect(held.hold(finish('a'))).to.deep.equal({ kind: 'refused', code: 'NOT_SAVED' })
    expect(held.all).to.deep.equal([])
    held.close()
  })

  it('wait on when the queue is full, and go when there is room', async () => {
    const tablet = new Tablet()
    tablet.start().hold(finish('a'))
    tablet.nowMs += UNDO_MS
    tablet.full = true
    const held = tablet.start()
    let looks = 0
    await until('it was tried', () => ++looks > 10)
    expect(held.all.length).to.equal(1)
    tablet.full = false
    await until('it is sent', () => tablet.sent.length === 1)
    held.close()
  })

  it('start empty from a storage that cannot be read', () => {
    const tablet = new Tablet()
    for (const text of ['{', '{"a":1}', '[null]', '[{"key":1}]']) {
      tablet.text = text
      expect(tablet.start().all, text).to.deep.equal([])
    }
  })
})
