import { expect } from 'chai'
import { listDeadLetters, retryDeadLetter } from '../../actors/dead-letters.ts'
import { KITCHENS, type Kitchen } from './kitchen.ts'

const NOW = '2026-01-01T00:00:00.000Z'

for (const [name, open] of KITCHENS) {
  describe(`dead letters (${name})`, () => {
    let kitchen: Kitchen
    let voice = false
    beforeEach(async () => {
      voice = false
      kitchen = await open()
      await kitchen.startHost()
      await kitchen.startTimers()
      await kitchen.startWhistler(
        async () => (voice ? { kind: 'done', output: { tune: 'la' } } : { kind: 'retry', reason: 'no steam', afterMs: 20 }),
        { maxAttempts: 2 },
      )
    })
    afterEach(() => kitchen[Symbol.asyncDispose]())

    const listed = async (count: number): Promise<void> =>
      kitchen.until(`${count} dead letters`, async () => (await listDeadLetters(kitchen.log)).length === count)

    it('are listed with what was asked, of whom, how often and why', async () => {
      const ids = [await kitchen.heat(10), await kitchen.heat(10)]
      await listed(2)
      const letters = await listDeadLetters(kitchen.log)
      expect(letters.map(({ address }) => address).sort()).to.deep.equal(ids.map(id => `kettle/${id}`).sort())
      expect(letters[0]).to.deep.include({ src: 'whistle', attempts: 2, reason: 'no steam' })
      expect(letters[0]?.body).to.have.nested.property('input.cups', 0)
    })

    it('are tried again when an operator says so, and are then gone from the list', async () => {
      const id = await kitchen.heat(10)
      await listed(1)
      voice = true
      const [letter] = await listDeadLetters(kitchen.log)
      expect(await retryDeadLetter(kitchen.log, letter?.id ?? '', NOW)).to.equal(true)
      await kitchen.until('it has whistled', async () => (await kitchen.value(id)) === 'whistled')
      expect(await listDeadLetters(kitchen.log)).to.deep.equal([])
      expect(await retryDeadLetter(kitchen.log, letter?.id ?? '', NOW)).to.equal(false)
    })

    it('are listed anew when they die again', async () => {
      await kitchen.heat(10)
      await listed(1)
      const [letter] = await listDeadLetters(kitchen.log)
      await retryDeadLetter(kitchen.log, letter?.id ?? '', NOW)
      await listed(1)
      expect((await listDeadLetters(kitchen.log))[0]).to.deep.include({ id: letter?.id, attempts: 2 })
    })

    it('move nothing when they are retried for an actor that has moved on', async () => {
      const id = await kitchen.heat(10)
      await listed(1)
      await kitchen.tell(id, { type: 'stop' })
      voice = true
      const [letter] = await listDeadLetters(kitchen.log)
      await retryDeadLetter(kitchen.log, letter?.id ?? '', NOW)
      const other = await kitchen.heat(10)
      await kitchen.until('another one has whistled', async () => (await kitchen.value(other)) === 'whistled')
      expect(await kitchen.value(id)).to.equal('cold')
    })
  })
}
