import { setImmediate as turn } from 'node:timers/promises'
import { expect } from 'chai'
import { HandClock } from '../../actors/memory/clock.ts'
import { Interest } from '../../server/gateway/interest.ts'

/** A source that opens and closes when told to, and counts. */
class Source {
  readonly opened: { readonly subject: string; readonly deliver: (message: string) => void; stopped: boolean }[] = []
  gate: Promise<void> = Promise.resolve()

  readonly open = async (subject: string, deliver: (message: string) => void) => {
    const feed = { subject, deliver, stopped: false }
    this.opened.push(feed)
    await this.gate
    return {
      stop: async () => {
        await this.gate
        feed.stopped = true
      },
    }
  }

  send(message: string): void {
    for (const feed of this.opened) if (!feed.stopped) feed.deliver(message)
  }
}

describe('interest', () => {
  it('opens a subject for its first holder and closes it after its last', async () => {
    const source = new Source()
    const interest = new Interest(source.open)
    const heard: string[] = []
    const a = interest.hold('s', message => heard.push(`a ${message}`))
    const b = interest.hold('s', message => heard.push(`b ${message}`))
    await Promise.all([a.ready, b.ready])
    source.send('1')
    a.release()
    a.release()
    source.send('2')
    expect([source.opened.length, interest.size, source.opened[0]?.stopped]).to.deep.equal([1, 1, false])
    b.release()
    await turn()
    expect([interest.size, source.opened[0]?.stopped]).to.deep.equal([0, true])
    expect(heard).to.deep.equal(['a 1', 'b 1', 'b 2'])
  })

  it('keeps a subject open for a while after its last holder: who comes back finds it open', async () => {
    const source = new Source()
    const clock = new HandClock(0)
    const interest = new Interest(source.open, { clock, ms: 30_000 })
    const first = interest.hold('s', () => undefined)
    await first.ready
    first.release()
    clock.advance(29_000)
    const heard: string[] = []
    const again = interest.hold('s', message => heard.push(message))
    clock.advance(60_000)
    source.send('1')
    expect([source.opened.length, heard]).to.deep.equal([1, ['1']])
    again.release()
    source.send('2')
    clock.advance(30_000)
    await turn()
    expect([interest.size, source.opened[0]?.stopped, heard]).to.deep.equal([0, true, ['1']])
  })

  it('delivers once to who holds while the last holder’s subscription is still closing', async () => {
    const source = new Source()
    const interest = new Interest(source.open)
    const heard: string[] = []
    const first = interest.hold('s', message => heard.push(`first ${message}`))
    await first.ready
    let open = (): void => undefined
    source.gate = new Promise(resolve => {
      open = resolve
    })
    first.release()
    const second = interest.hold('s', message => heard.push(`second ${message}`))
    source.send('1') // both subscriptions are alive now
    open()
    await second.ready
    source.send('2')
    expect(heard).to.deep.equal(['second 1', 'second 2'])
    expect(interest.size).to.equal(1)
  })

  it('closes what was released before it had opened', async () => {
    const source = new Source()
    const interest = new Interest(source.open)
    interest.hold('s', () => undefined).release()
    await turn()
    expect([source.opened[0]?.stopped, interest.size]).to.deep.equal([true, 0])
  })

  it('tells the holder that a subject could not be opened, and tries anew for the next', async () => {
    let tries = 0
    const interest = new Interest<string>(() => {
      tries += 1
      return tries === 1 ? Promise.reject(new Error('no')) : Promise.resolve({ stop: async () => undefined })
    })
    const failed = await interest.hold('s', () => undefined).ready.catch((error: Error) => error.message)
    await interest.hold('s', () => undefined).ready
    expect([failed, tries, interest.size]).to.deep.equal(['no', 2, 1])
  })
})
