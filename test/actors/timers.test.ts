import { expect } from 'chai'
import { listDeadLetters } from '../../actors/dead-letters.ts'
import type { Command, Reply } from '../../actors/envelope.ts'
import { dueSubject } from '../../actors/subjects.ts'
import type { DueBody } from '../../actors/timers.ts'
import { KITCHENS, type Kitchen, natsKitchen } from './kitchen.ts'
import { killWorkerAt } from './worker-to-kill.ts'

/** What the schedule of a kettle on the fire will write when it is due. */
const dueOf = async (kitchen: Kitchen, id: string): Promise<{ readonly subject: string; readonly body: DueBody }> => {
  const [timerId = '', timer] = Object.entries((await kitchen.newest(id))?.waits.timers ?? {})[0] ?? []
  const n = timer?.n ?? ''
  return { subject: dueSubject({ kind: 'kettle', id }, n), body: { timerId, n, event: { type: timerId } } }
}

for (const [name, open] of KITCHENS) {
  describe(`timers (${name})`, () => {
    let kitchen: Kitchen
    before(async () => {
      kitchen = await open()
    })
    beforeEach(() => kitchen.startHost())
    after(() => kitchen[Symbol.asyncDispose]())
    afterEach(() => kitchen.clear())

    /** Rings timers, and notes what their actors answer. */
    const listen = async (): Promise<Reply[]> => {
      const replies: Reply[] = []
      const ask = async (command: Command): Promise<Reply> => {
        const reply = await kitchen.router.ask(command)
        replies.push(reply)
        return reply
      }
      await kitchen.startTimers({ router: { ask } })
      return replies
    }

    it('move their actor once, however often they are delivered', async () => {
      const id = await kitchen.heat(50)
      const { subject, body } = await dueOf(kitchen, id)
      const replies = await listen()
      await kitchen.until('it is hot', async () => (await kitchen.value(id)) === 'hot')
      await kitchen.log.put(subject, body)
      await kitchen.until('it rang again', () => replies.length === 2)
      expect(replies[1]).to.deep.equal({ ...replies[0], repeated: true }) // its first answer
      await kitchen.tell(id, { type: 'stop' })
      await kitchen.log.put(subject, body)
      await kitchen.until('it rang a third time', () => replies.length === 3)
      expect((await kitchen.life(id)).length).to.equal(4)
      expect(await kitchen.value(id)).to.equal('cold')
    })

    it('of a state that was left move nothing, even if they are delivered', async () => {
      const id = await kitchen.heat(3_600_000)
      const { subject, body } = await dueOf(kitchen, id)
      await kitchen.tell(id, { type: 'stop' })
      await kitchen.tell(id, { type: 'heat' }) // the same timer again, but not the same wait
      const replies = await listen()
      await kitchen.log.put(subject, body)
      await kitchen.until('it rang', () => replies.length === 1)
      expect(replies[0]).to.deep.include({ kind: 'refused', code: 'STALE' })
      expect(await kitchen.value(id)).to.equal('heating')
    })

    it('are kept as a dead letter when the machine cannot take them', async () => {
      const id = await kitchen.heat(3_600_000)
      const { subject, body } = await dueOf(kitchen, id)
      await listen()
      await kitchen.log.put(subject, { ...body, event: { type: 'break' } })
      await kitchen.until('the dead letter', async () => (await listDeadLetters(kitchen.log)).length === 1)
      const [letter] = await listDeadLetters(kitchen.log)
      expect(letter).to.deep.include({ src: 'due', address: `kettle/${id}`, reason: 'MACHINE_FAILED: the handle came off', subject })
      expect(await kitchen.value(id)).to.equal('heating')
    })

    it('pass over what no schedule wrote, and say so', async () => {
      const subject = dueSubject({ kind: 'kettle', id: 'nobody' }, '1-0')
      await kitchen.log.put(subject, { nonsense: true })
      const poison: string[] = []
      await kitchen.startTimers({ onPoison: message => poison.push(message.subject) })
      const id = await kitchen.heat(10)
      await kitchen.until('it is hot', async () => (await kitchen.value(id)) === 'hot')
      expect(poison).to.deep.equal([subject])
    })
  })
}

describe('timers whose host is killed', function () {
  this.timeout(40_000)
  let kitchen: Kitchen
  before(async () => {
    kitchen = await natsKitchen()
  })
  beforeEach(() => kitchen.startHost())
  afterEach(() => kitchen.clear())
  after(() => kitchen[Symbol.asyncDispose]())

  it('before the actor heard of it ring by another', async () => {
    const id = await kitchen.heat(10)
    await killWorkerAt(kitchen.url, 'timers', 'before')
    expect(await kitchen.value(id)).to.equal('heating')
    await kitchen.startTimers()
    await kitchen.until('it is hot', async () => (await kitchen.value(id)) === 'hot')
  })

  it('after the actor moved ring again and move nothing', async () => {
    const id = await kitchen.heat(10)
    await killWorkerAt(kitchen.url, 'timers', 'after')
    expect(await kitchen.value(id)).to.equal('hot')
    const answers: string[] = []
    const ask = async (command: Command): Promise<Reply> => {
      const reply = await kitchen.router.ask(command)
      if (command.address.id === id) answers.push(`${reply.kind} ${'version' in reply ? reply.version : ''}`)
      return reply
    }
    await kitchen.startTimers({ router: { ask } })
    await kitchen.until('it rang again', () => answers.length > 0)
    expect(answers).to.deep.equal(['moved 3']) // its first answer
    expect(await kitchen.life(id)).to.have.length(3)
  })
})
