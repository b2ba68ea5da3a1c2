import { expect } from 'chai'
import { assign, emit, fromPromise, setup } from 'xstate'
import type { Command, Event, Reply } from '../../actors/envelope.ts'
import type { Fault } from '../../actors/fault.ts'
import { Host } from '../../actors/host.ts'
import { defineKind } from '../../actors/kinds/define.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { MemoryWire } from '../../actors/memory/wire.ts'

/**
 * Where XState on a durable-execution server was seen to fail, we hold: one story each. Told elsewhere, on both twins of the log:
 *   a timer of a state that was left never rings                  runtime.contract.ts, "never lets a timer of a state…"
 *   an effect is tried again, and fails with its own error        runtime.contract.ts, "tries an effect again…"
 *   the late result of an effect is dropped                       runtime.contract.ts, "drops the result…"
 *   actors in flight migrate                                      versions.contract.ts
 */
const doorMachine = setup({
  types: {
    context: {} as { readonly knocks: number },
    events: {} as { readonly type: 'knock' | 'kick' | 'kickGuard' | 'oil' },
    emitted: {} as { readonly type: 'sound'; readonly knocks: number },
  },
  actors: { oil: fromPromise<undefined, undefined>(() => Promise.reject(new Error('runs in a worker'))) },
}).createMachine({
  id: 'door',
  version: '1',
  context: { knocks: 0 },
  initial: 'shut',
  states: {
    shut: {
      on: {
        knock: {
          actions: [
            assign({ knocks: ({ context }) => context.knocks + 1 }),
            emit(({ context }) => ({ type: 'sound', knocks: context.knocks })),
          ],
        },
        kick: {
          target: 'broken',
          actions: [
            assign({ knocks: 1_000 }),
            emit({ type: 'sound', knocks: -1 }),
            assign(() => {
              throw new Error('the hinge gave way')
            }),
          ],
        },
        kickGuard: {
          guard: () => {
            throw new Error('who guards the guard')
          },
          target: 'broken',
        },
        oil: 'oiling',
      },
    },
    oiling: { invoke: { id: 'oil', src: 'oil', onDone: 'shut' }, after: { 1000: 'shut' } },
    broken: {},
  },
})
const doorKind = defineKind({ name: 'door', stream: 'DOORS', machine: doorMachine, creates: 'build', outRoute: () => ['street'] })
const STREAMS = [{ name: 'DOORS', subjects: ['evt.>', 'fx.>', 'timer.>', 'due.>', 'out.>'] }]
const START = Date.parse('2026-01-01T00:00:00Z')

const openStreet = async () => {
  const clock = new HandClock(START)
  const log = new MemoryLog({ clock, streams: STREAMS })
  const faults: Fault[] = []
  const host = new Host({ log, wire: new MemoryWire(), clock, kinds: [doorKind], onFault: fault => void faults.push(fault) })
  const address = { kind: 'door', id: 'd-1' }
  let commands = 0
  const say = (event: Event, more: Partial<Command> = {}): Promise<Reply> =>
    host.handle({
      commandId: `c-${++commands}`,
      address,
      event,
      by: { role: 'customer', id: 'neighbour' },
      at: new Date(START).toISOString(),
      ...more,
    })
  const last = async () => (await log.latest(address))?.body
  await say({ type: 'build' })
  return { log, clock, faults, say, last, address, [Symbol.asyncDispose]: () => host.drain() }
}

describe('where the closest peer fails, we hold', () => {
  it('a refused event and an unknown one are told, with the reason and the state, and are no success', async () => {
    await using street = await openStreet()
    for (const type of ['oiled', 'knok']) {
      const reply = await street.say({ type })
      expect(reply).to.deep.equal({ kind: 'refused', code: 'REFUSED', version: 1, state: (await street.last())?.state })
    }
    expect((await street.log.history(street.address)).length).to.equal(1)
  })

  it('creating what exists is refused and resets nothing', async () => {
    await using street = await openStreet()
    await street.say({ type: 'knock' })
    expect(await street.say({ type: 'build' })).to.deep.include({ kind: 'refused', code: 'ALREADY_EXISTS', version: 2 })
    expect((await street.last())?.state.context).to.deep.equal({ knocks: 1 })
  })

  for (const [type, message] of [
    ['kick', 'the hinge gave way'],
    ['kickGuard', 'Unable to evaluate guard'],
  ] as const)
    it(`a machine that throws on ${type} answers its caller, stays as it was, announces nothing, and operators hear of it`, async () => {
      await using street = await openStreet()
      const before = await street.last()
      const end = await street.log.end('DOORS')
      const reply = await street.say({ type }, { correlationId: 'tap-1' })
      expect(reply).to.deep.include({ kind: 'failed', code: 'MACHINE_FAILED', retry: false })
      expect(reply.kind === 'failed' && reply.message).to.contain(message)
      expect(street.faults).to.have.length(1)
      const fault = { address: 'door/d-1', code: 'MACHINE_FAILED', event: type, commandId: 'c-2', correlationId: 'tap-1' }
      expect(street.faults[0]).to.deep.include(fault)
      expect(await street.last()).to.deep.equal(before)
      expect(await street.log.end('DOORS')).to.equal(end)
      expect((await street.say({ type: 'knock' })).kind).to.equal('moved')
    })

  it('a failure that no state handles ends the actor in the open: its error is kept, its timer gone, operators hear of it', async () => {
    await using street = await openStreet()
    await street.say({ type: 'oil' })
    const wait = (await street.last())?.waits.invokes.oil
    const error = { code: 'DRY', message: 'no oil left' }
    const reply = await street.say({ type: 'xstate.error.actor.oil', error }, { answers: { wait: 'invoke', id: 'oil', n: wait?.n ?? '' } })
    expect(reply.kind === 'moved' && reply.state).to.deep.include({ status: 'error', error })
    expect((await street.last())?.waits).to.deep.equal({ invokes: {}, timers: {} })
    expect(street.faults.map(({ code, message }) => [code, message])).to.deep.equal([['ACTOR_ENDED', JSON.stringify(error)]])
    const due: unknown[] = []
    await street.log.live('due.>', message => void due.push(message))
    street.clock.advance(5_000)
    await Promise.resolve()
    expect(due).to.deep.equal([])
    expect((await street.say({ type: 'knock' })).kind).to.equal('refused')
  })

  it('what is emitted reaches those who listen, and only once it is written', async () => {
    await using street = await openStreet()
    const heard: unknown[] = []
    const written: boolean[] = []
    await street.log.live('out.sound.street', async ({ body }) => {
      heard.push(body)
      written.push(((await street.last())?.version ?? 0) > 1)
    })
    await street.say({ type: 'knock' })
    await street.say({ type: 'knock' })
    expect(heard).to.deep.equal([
      { type: 'sound', knocks: 1 },
      { type: 'sound', knocks: 2 },
    ])
    expect(written).to.deep.equal([true, true])
  })

  it('a read waits for no write', async () => {
    await using street = await openStreet()
    let answered = 0
    const knocks = Array.from({ length: 200 }, async () => {
      await street.say({ type: 'knock' })
      answered++
    })
    expect((await street.last())?.version).to.equal(1)
    expect(answered).to.equal(0)
    await Promise.all(knocks)
    expect((await street.last())?.version).to.equal(201)
  })

  it('every event stays in the history, with who and when', async () => {
    await using street = await openStreet()
    await street.say({ type: 'knock' })
    street.clock.advance(1_500)
    await street.say({ type: 'oil' }, { by: { role: 'ops', id: 'janitor' } })
    const history = (await street.log.history(street.address)).map(({ body: { version, event, by, at } }) => [
      version,
      event.type,
      by.id,
      at,
    ])
    expect(history).to.deep.equal([
      [1, 'build', 'neighbour', '2026-01-01T00:00:00.000Z'],
      [2, 'knock', 'neighbour', '2026-01-01T00:00:00.000Z'],
      [3, 'oil', 'janitor', '2026-01-01T00:00:01.500Z'],
    ])
  })
})
