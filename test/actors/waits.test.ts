import { expect } from 'chai'
import { cancel, createMachine, emit, fromPromise, raise, setup } from 'xstate'
import { decide } from '../../actors/decide.ts'
import type { Command } from '../../actors/envelope.ts'
import { defineKind } from '../../actors/kinds/define.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const create: Command = {
  commandId: 'c-1',
  address: { kind: 'thing', id: 't-1' },
  event: { type: 'make' },
  by: { role: 'ops', id: 'x' },
  at: '2026-01-01T00:00:00.000Z',
}
const madeOf = (machine: Parameters<typeof defineKind>[0]['machine']) =>
  decide(defineKind({ name: 'thing', stream: 'THINGS', machine, creates: 'make' }), undefined, create, START)

describe('what an actor waits for', () => {
  it('leaves no message behind that its own step took back', () => {
    const machine = setup({ actors: { work: fromPromise(async () => 1) } }).createMachine({
      version: '1',
      entry: [raise({ type: 'late' }, { id: 'late', delay: 1_000 }), cancel('late')],
      initial: 'passing',
      states: { passing: { invoke: { src: 'work' }, after: { 1000: 'there' }, always: 'there' }, there: {} },
    })
    const decision = madeOf(machine)
    expect(decision.kind === 'commit' && decision.entry.messages).to.deep.equal([])
    expect(decision.kind === 'commit' && decision.entry.record.waits).to.deep.equal({ invokes: {}, timers: {} })
  })

  it('is nothing, once it is over', () => {
    const machine = setup({ actors: { work: fromPromise(async () => 1) } }).createMachine({
      version: '1',
      invoke: { src: 'work' },
      after: { 1000: '.there' },
      initial: 'there',
      states: { there: { type: 'final' } },
    })
    const decision = madeOf(machine)
    expect(decision.kind === 'commit' && decision.entry.record.waits).to.deep.equal({ invokes: {}, timers: {} })
    expect(decision.kind === 'commit' && decision.entry.messages).to.deep.equal([])
  })

  it('cannot be announced under a type that is no subject', () => {
    const decision = madeOf(createMachine({ version: '1', entry: emit({ type: 'two words >' }) }))
    expect(decision.kind === 'answer' && decision.reply).to.deep.include({ kind: 'failed', code: 'MACHINE_FAILED', retry: false })
  })
})
