import { expect } from 'chai'
import { listDeadLetters, retryDeadLetter } from '../../actors/dead-letters.ts'
import type { Command } from '../../actors/envelope.ts'
import { nextInInbox, putInInbox } from '../../actors/inbox.ts'
import { inboxSubject } from '../../actors/subjects.ts'
import { KITCHENS, type Kitchen, natsKitchen } from './kitchen.ts'
import { killWorkerAt } from './worker-to-kill.ts'

const EMPTY = undefined

for (const [name, open] of KITCHENS) {
  describe(`the inbox (${name})`, () => {
    let kitchen: Kitchen
    before(async () => {
      kitchen = await open()
    })
    after(() => kitchen[Symbol.asyncDispose]())
    afterEach(() => kitchen.clear())

    const put = (command: Command): Promise<void> => putInInbox(kitchen.log, command)
    const next = (id: string): Promise<Command | undefined> => nextInInbox(kitchen.log, { kind: 'kettle', id })
    const emptied = (id: string): Promise<void> => kitchen.until('the inbox is empty', async () => (await next(id)) === EMPTY)

    it('takes a command while nobody is there, and has it executed once when a host is back', async () => {
      const id = kitchen.aKettle()
      const fill = kitchen.command(id, { type: 'fill' })
      await put(fill)
      expect(await next(id)).to.deep.equal(fill)
      await kitchen.startHost()
      await kitchen.startInbox()
      await emptied(id)
      expect(await kitchen.newest(id)).to.deep.include({ version: 1, commandId: fill.commandId, by: { role: 'ops', id: 'cook' } })
    })

    it('executes once what was written twice, and what a host had already', async () => {
      await kitchen.startHost()
      const id = kitchen.aKettle()
      const [fill, pour] = [kitchen.command(id, { type: 'fill' }), kitchen.command(id, { type: 'pour' })]
      await kitchen.router.ask(fill)
      for (const command of [fill, fill, pour, pour]) await put(command)
      await kitchen.startInbox()
      await emptied(id)
      expect(await kitchen.life(id)).to.deep.equal(['fill', 'pour'])
    })

    it('keeps the order of each actor, whoever shares the work', async () => {
      const kettles = Array.from({ length: 5 }, () => kitchen.aKettle())
      const steps = ['fill', 'heat', 'stop', 'pour', 'heat', 'stop', 'heat', 'stop', 'pour', 'pour', 'heat']
      for (const type of steps) for (const id of kettles) await put(kitchen.command(id, { type, boilMs: 3_600_000 }))
      for (const start of [1, 2]) {
        await kitchen.startHost()
        await kitchen.startInbox({ concurrency: 6 + start })
      }
      for (const id of kettles) await emptied(id)
      for (const id of kettles) expect(await kitchen.life(id)).to.deep.equal(steps)
    })

    it('waits with the later ones while an earlier one finds no host, and lets other actors pass', async () => {
      await kitchen.startHost()
      const [stuck, free] = [kitchen.aKettle(), kitchen.aKettle()]
      let away = true
      const asked: string[] = []
      const ask = async (command: Command) => {
        asked.push(command.event.type)
        const held = away && command.address.id === stuck && command.event.type === 'fill'
        return held ? ({ kind: 'failed', code: 'NO_HOST', retry: true } as const) : kitchen.router.ask(command)
      }
      for (const id of [stuck, free]) for (const type of ['fill', 'pour']) await put(kitchen.command(id, { type }))
      await kitchen.startInbox({ router: { ask } })
      await emptied(free)
      await kitchen.until('the first was tried again', () => asked.filter(type => type === 'fill').length > 3)
      expect(await kitchen.life(stuck)).to.deep.equal([])
      away = false
      await emptied(stuck)
      expect(await kitchen.life(stuck)).to.deep.equal(['fill', 'pour'])
    })

    it('forgets what was refused, and keeps for an operator what the machine could not take', async () => {
      await kitchen.startHost()
      const id = kitchen.aKettle()
      for (const type of ['fill', 'stop', 'break', 'pour']) await put(kitchen.command(id, { type }))
      const letters: string[] = []
      await kitchen.startInbox({ onDeadLetter: ({ reason }) => letters.push(reason) })
      await kitchen.startRetries()
      await emptied(id)
      expect(await kitchen.life(id)).to.deep.equal(['fill', 'pour'])
      expect(letters).to.deep.equal(['MACHINE_FAILED: the handle came off'])
      const [letter] = await listDeadLetters(kitchen.log)
      expect(letter).to.deep.include({ src: 'inbox', address: `kettle/${id}` })
      expect(letter?.body).to.have.nested.property('event.type', 'break')
      const retry = { at: '2026-01-01T00:00:00.000Z', by: 'ops/ops-1', why: 'mended' }
      expect(await retryDeadLetter(kitchen.log, letter?.id ?? '', retry)).to.include({ id: letter?.id })
      await kitchen.until('it died again', () => letters.length === 2)
    })

    it('passes over what is no command for the actor in its subject, and says so', async () => {
      await kitchen.startHost()
      const id = kitchen.aKettle()
      const subject = inboxSubject({ kind: 'kettle', id })
      await kitchen.log.put(subject, { nonsense: true })
      await kitchen.log.put(subject, kitchen.command('somebody-else', { type: 'fill' }))
      expect(await next(id)).to.equal(EMPTY)
      await put(kitchen.command(id, { type: 'fill' }))
      const poison: string[] = []
      await kitchen.startInbox({ onPoison: message => poison.push(message.subject) })
      await kitchen.until('the command behind it was executed', async () => (await kitchen.value(id)) === 'cold')
      expect(poison).to.deep.equal([subject, subject])
    })
  })
}

describe('the inbox whose runner is killed', function () {
  this.timeout(40_000)
  let kitchen: Kitchen
  before(async () => {
    kitchen = await natsKitchen()
  })
  beforeEach(() => kitchen.startHost())
  afterEach(() => kitchen.clear())
  after(() => kitchen[Symbol.asyncDispose]())

  for (const point of ['before', 'after'] as const) {
    it(`${point} the actor answered is emptied by another, once and in order`, async () => {
      const id = kitchen.aKettle()
      const steps = ['fill', 'pour', 'heat', 'stop']
      for (const type of steps) await putInInbox(kitchen.log, kitchen.command(id, { type, boilMs: 3_600_000 }))
      await killWorkerAt(kitchen.url, 'inbox', point)
      expect(await kitchen.life(id)).to.deep.equal(point === 'before' ? [] : ['fill'])
      await kitchen.startInbox()
      await kitchen.until('the inbox is empty', async () => (await nextInInbox(kitchen.log, { kind: 'kettle', id })) === EMPTY)
      expect(await kitchen.life(id)).to.deep.equal(steps)
    })
  }
})
