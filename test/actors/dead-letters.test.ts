import { expect } from 'chai'
import { deadLettersOf, listDeadLetters, pageOfDeadLetters, retryDeadLetter } from '../../actors/dead-letters.ts'
import { KITCHENS, type Kitchen } from './kitchen.ts'

const RETRY = { at: '2026-01-01T00:00:00.000Z', by: 'ops/ops-1', why: 'the steam is back' }

for (const [name, open] of KITCHENS) {
  describe(`dead letters (${name})`, () => {
    let kitchen: Kitchen
    let voice = false
    beforeEach(async () => {
      voice = false
      kitchen = await open()
      await kitchen.startHost()
      await kitchen.startTimers()
      await kitchen.startRetries()
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
      expect(await retryDeadLetter(kitchen.log, letter?.id ?? '', RETRY)).to.deep.equal({ ...letter, retried: RETRY })
      await kitchen.until('it has whistled', async () => (await kitchen.value(id)) === 'whistled')
      expect(await listDeadLetters(kitchen.log)).to.deep.equal([])
      expect(await retryDeadLetter(kitchen.log, letter?.id ?? '', RETRY)).to.equal(undefined)
    })

    it('are listed anew when they die again', async () => {
      await kitchen.heat(10)
      await listed(1)
      const [letter] = await listDeadLetters(kitchen.log)
      await retryDeadLetter(kitchen.log, letter?.id ?? '', RETRY)
      await listed(1)
      expect((await listDeadLetters(kitchen.log))[0]).to.deep.include({ id: letter?.id, attempts: 4 })
    })

    it('are shown in pages, each beginning where the last one ended', async () => {
      for (let i = 0; i < 5; i++) await kitchen.heat(10)
      await listed(5)
      const all = (await listDeadLetters(kitchen.log)).map(({ id }) => id)
      await retryDeadLetter(kitchen.log, all[1] ?? '', RETRY)
      const seen: string[] = []
      let after: number | undefined = 0
      for (let pages = 0; after !== undefined && pages < 9; pages++) {
        const page = await pageOfDeadLetters(kitchen.log, 2, after)
        expect(page.letters.length).to.be.within(1, 2)
        seen.push(...page.letters.map(({ id }) => id))
        after = page.next
      }
      const waiting = all.filter((_, i) => i !== 1)
      expect(seen.filter(id => id !== all[1])).to.deep.equal(waiting)
    })

    it('of one actor tell who had them tried again, and why', async () => {
      const id = await kitchen.heat(10)
      await kitchen.heat(10)
      await listed(2)
      const [letter] = await deadLettersOf(kitchen.log, { kind: 'kettle', id })
      expect(letter).to.include({ address: `kettle/${id}` })
      expect(letter).to.not.have.property('retried')
      voice = true
      await retryDeadLetter(kitchen.log, letter?.id ?? '', RETRY)
      expect(await deadLettersOf(kitchen.log, { kind: 'kettle', id })).to.deep.equal([{ ...letter, retried: RETRY }])
    })

    it('of a name that is none are not found', async () => {
      for (const id of ['', 'fx', 'fx:kettle/none:1-0', 'fx:kettle/*:>', 'fx:*/*:*', 'x:y:z'])
        expect(await retryDeadLetter(kitchen.log, id, RETRY)).to.equal(undefined)
    })

    it('move nothing when they are retried for an actor that has moved on', async () => {
      const id = await kitchen.heat(10)
      await listed(1)
      await kitchen.tell(id, { type: 'stop' })
      voice = true
      const [letter] = await listDeadLetters(kitchen.log)
      await retryDeadLetter(kitchen.log, letter?.id ?? '', RETRY)
      const againFor = async (kettle: string): Promise<boolean> => {
        for await (const { body } of kitchen.log.newest<{ tried?: number }>(`fx.whistle.kettle.*.${kettle}.*`)) return body.tried === 2
        return false
      }
      await kitchen.until('it is written again', () => againFor(id))
      const other = await kitchen.heat(10)
      await kitchen.until('another one has whistled', async () => (await kitchen.value(other)) === 'whistled')
      expect(await kitchen.value(id)).to.equal('cold')
    })
  })
}
