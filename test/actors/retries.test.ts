import { expect } from 'chai'
import { bury, listDeadLetters, retryDeadLetter } from '../../actors/dead-letters.ts'
import { evtSubject, fxSubject } from '../../actors/subjects.ts'
import { KITCHENS, type Kitchen } from './kitchen.ts'

const RETRY = { at: '2026-01-01T00:00:00.000Z', by: 'ops/ops-1', why: 'the steam is back' }

for (const [name, open] of KITCHENS) {
  describe(`retries (${name})`, () => {
    let kitchen: Kitchen
    let passedOver: string[]
    beforeEach(async () => {
      passedOver = []
      kitchen = await open()
    })
    afterEach(() => kitchen[Symbol.asyncDispose]())

    const start = () => kitchen.startRetries({ onPoison: ({ subject }) => passedOver.push(subject) })
    /** A letter of a kettle that nobody has; its message says which one it is. @returns where it lies */
    const letterOf = async (id: string, which: string, subject = fxSubject('whistle', { kind: 'kettle', id }, '1-0')): Promise<string> => {
      const message = { subject, seq: 1, at: RETRY.at, body: { which } }
      await bury(kitchen.log, {
        src: 'whistle',
        address: { kind: 'kettle', id },
        n: '1-0',
        message,
        attempts: 3,
        reason: 'no steam',
        at: RETRY.at,
      })
      return `dead.whistle.kettle.${id}.1-0`
    }
    const newest = async (subject: string): Promise<{ readonly seq: number; readonly body: unknown } | undefined> => {
      for await (const { seq, body } of kitchen.log.newest(subject)) return { seq, body }
      return undefined
    }
    const written = (id: string) => newest(`fx.whistle.kettle.*.${id}.1-0`)
    /** Whatever was marked before has been carried out when this one has. */
    const allCarriedOut = async (): Promise<void> => {
      await letterOf('k_last', 'last')
      await retryDeadLetter(kitchen.log, 'fx:kettle/k_last:1-0', RETRY)
      await kitchen.until('the last is written', async () => (await written('k_last')) !== undefined)
    }

    it('are carried out when a host is back', async () => {
      await letterOf('k_1', 'first')
      expect(await retryDeadLetter(kitchen.log, 'fx:kettle/k_1:1-0', RETRY)).to.deep.include({ retried: RETRY })
      expect(await listDeadLetters(kitchen.log), 'it waits for no operator any more').to.deep.equal([])
      expect(await written('k_1')).to.equal(undefined)
      await start()
      await kitchen.until('it is written', async () => (await written('k_1')) !== undefined)
      expect((await written('k_1'))?.body).to.deep.equal({ which: 'first', tried: 3 })
    })

    it('write the very letter that was marked, though a later one lies there, and leave the later one to operators', async () => {
      const at = await letterOf('k_1', 'first')
      const first = (await newest(at))?.seq ?? 0
      await letterOf('k_1', 'second')
      await kitchen.log.put(`${at}.retry`, { ...RETRY, letterSeq: first })
      await start()
      await kitchen.until('it is written', async () => (await written('k_1')) !== undefined)
      expect((await written('k_1'))?.body).to.deep.include({ which: 'first' })
      expect((await listDeadLetters(kitchen.log)).map(({ body }) => body)).to.deep.equal([{ which: 'second' }])
    })

    it('write no record and no announcement, whatever somebody has put into a letter', async () => {
      const evt = evtSubject({ kind: 'kettle', id: 'k_1' }, [])
      const at = [await letterOf('k_1', 'forged', evt), await letterOf('k_2', 'forged', 'out.steam.kitchen')]
      await start()
      for (const id of ['k_1', 'k_2'])
        for await (const { subject, seq } of kitchen.log.newest(`dead.whistle.kettle.${id}.1-0`))
          await kitchen.log.put(`${subject}.retry`, { ...RETRY, letterSeq: seq })
      await allCarriedOut()
      expect(passedOver.sort()).to.deep.equal(at.map(letter => `${letter}.retry`))
      expect(await newest(`${evt}.>`)).to.equal(undefined)
      expect(await newest('out.steam.>')).to.equal(undefined)
    })

    it('pass over what leads to no letter', async () => {
      await start()
      await kitchen.log.put('dead.whistle.kettle.k_1.1-0.retry', { ...RETRY, letterSeq: 4_711 })
      await kitchen.log.put('dead.whistle.kettle.k_2.1-0.retry', 'retry!')
      await allCarriedOut()
      await kitchen.until('both are passed over', () => passedOver.length === 2)
    })

    it('are not carried out again that a gateway of the first release has carried out itself', async () => {
      const at = await letterOf('k_1', 'first')
      await kitchen.log.put(`${at}.retried`, { ...RETRY, letterSeq: (await newest(at))?.seq })
      await start()
      await allCarriedOut()
      expect(await listDeadLetters(kitchen.log)).to.deep.equal([])
      expect(await written('k_1')).to.equal(undefined)
    })
  })
}
