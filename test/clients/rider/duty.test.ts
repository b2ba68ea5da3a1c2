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
  it('is off on a device that knows nothing, with nothing to tell', async () => {
    const { duty, told, settled } = phone()
    duty.synced()
    await settled()
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
    again.duty.synced()
    await again.settled()
    expect([again.told, again.duty.state]).to.deep.equal([[true], { wanted: true, heard: true }])
  })

  it('says "online" again with each connection, and "offline" only until it is heard', async () => {
    const { duty, told, settled } = phone()
    duty.want(true)
    await settled()
    duty.synced()
    await settled()
    duty.want(false)
    await settled()
    duty.synced()
    await settled()
    expect(told).to.deep.equal([true, true, false])
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
