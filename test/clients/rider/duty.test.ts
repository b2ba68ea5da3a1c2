import { expect } from 'chai'
import { Duty } from '../../../clients/rider/duty.ts'

const NAME = 'duty of rider-1'

const phone = (kept = new Map<string, string>()) => {
  const told: boolean[] = []
  const line = { connected: true, taken: true, answers: undefined as Promise<unknown> | undefined }
  const duty = new Duty({
    shelf: { getItem: name => kept.get(name) ?? null, setItem: (name, text) => void kept.set(name, text) },
    name: NAME,
    connected: () => line.connected,
    tell: async online => {
      told.push(online)
      await line.answers
      return line.taken
    },
    changed: () => undefined,
  })
  return { duty, told, line, kept, settled: () => new Promise(setImmediate) }
}

describe('the switch of a rider', () => {
  it('is off on a device that knows nothing and has no line, with nothing to tell', () => {
    const { duty, told } = phone()
    expect([duty.state, told]).to.deep.equal([{ wanted: false, heard: true }, []])
  })

  it('is told at once while there is a line, and counts as heard when the server has said so', async () => {
    const { duty, told, settled } = phone()
    duty.want(true)
    expect(duty.state).to.deep.equal({ wanted: true, heard: false })
    await settled()
    expect([duty.state, told]).to.deep.equal([{ wanted: true, heard: true }, [true]])
  })

  it('is told with the next connection when it was turned without a line, also after a reload', async () => {
    const { duty, line, kept, told, settled } = phone()
    line.connected = false
    duty.want(true)
    await settled()
    expect(told).to.deep.equal([])
    const again = phone(kept)
    again.duty.synced(false)
    await again.settled()
    expect([again.told, again.duty.state]).to.deep.equal([[true], { wanted: true, heard: true }])
  })

  it('is as the server says with each connection: he may have turned it on another device', async () => {
    const { duty, told, settled } = phone()
    duty.synced(true)
    expect(duty.state).to.deep.equal({ wanted: true, heard: true })
    duty.synced(false)
    await settled()
    expect([duty.state, told]).to.deep.equal([{ wanted: false, heard: true }, []])
  })

  it('is what he wants and not what the server says, as long as that is not told', async () => {
    const { duty, line, told, settled } = phone()
    line.taken = false
    duty.want(true)
    await settled()
    line.taken = true
    duty.synced(false)
    expect(duty.state).to.deep.equal({ wanted: true, heard: false })
    await settled()
    expect([duty.state, told]).to.deep.equal([{ wanted: true, heard: true }, [true, true]])
  })

  it('tells the last wish last, when it was turned while one was on its way', async () => {
    const { duty, line, told, settled } = phone()
    const { promise, resolve } = Promise.withResolvers<void>()
    line.answers = promise
    duty.want(true)
    duty.want(false)
    expect(told).to.deep.equal([true])
    resolve()
    await settled()
    expect([told, duty.state]).to.deep.equal([[true, false], { wanted: false, heard: true }])
  })

  it('stays untold when the server did not take it, and can be told again', async () => {
    const { duty, line, told, settled } = phone()
    line.taken = false
    duty.want(true)
    await settled()
    expect(duty.state.heard).to.equal(false)
    line.taken = true
    await duty.say()
    expect([told, duty.state.heard]).to.deep.equal([[true, true], true])
  })

  it('is off when what was kept cannot be read', () => {
    expect(phone(new Map([[NAME, '{']])).duty.state).to.deep.equal({ wanted: false, heard: true })
  })
})
