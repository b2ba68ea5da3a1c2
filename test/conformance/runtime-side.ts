import { setImmediate as turn } from 'node:timers/promises'
import { Actor } from '../../actors/actor.ts'
import { formatAddress } from '../../actors/address.ts'
import { isoOf } from '../../actors/clock.ts'
import { Committer } from '../../actors/committer.ts'
import type { EffectBody } from '../../actors/effects.ts'
import type { Command } from '../../actors/envelope.ts'
import { defineKind } from '../../actors/kinds/define.ts'
import type { Stored } from '../../actors/log.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import { Tally } from '../../actors/tally.ts'
import type { DueBody } from '../../actors/timers.ts'
import type { Specimen } from './lab.ts'
import { plain, type Side, TICK_MS, takeNth, ZEROES } from './side.ts'

const STREAMS = [{ name: 'LAB', subjects: ['evt.>', 'fx.>', 'timer.>', 'due.>', 'out.>'] }]

/**
 * The same machine as a durable actor. Nothing of it stays in memory: each command meets an actor that has just been loaded from the
 * log, as if its host had been killed after every step. Effects and timers are brought home here as their workers do it.
 */
export const runtimeSide = async ({ machine, input }: Specimen): Promise<Side> => {
  const kind = defineKind({ name: 'specimen', stream: 'LAB', machine, creates: 'create' })
  const address = { kind: 'specimen', id: 's-1' }
  const clock = new HandClock(Date.parse('2026-01-01T00:00:00Z'))
  const log = new MemoryLog({ clock, streams: STREAMS })
  const open: Stored<EffectBody>[] = []
  const invoked: { src: string; input: unknown }[] = []
  const emitted: unknown[] = []
  const due: DueBody[] = []
  await log.live<EffectBody>('fx.>', message => {
    open.push(message)
    invoked.push({ src: message.subject.split('.')[1] ?? '', input: message.body.input })
  })
  await log.live('out.>', ({ body }) => void emitted.push(body))
  await log.live<DueBody>('due.>', ({ body }) => void due.push(body))

  let commands = 0
  const ask = async (command: Pick<Command, 'event'> & Partial<Command>): Promise<void> => {
    const actor = new Actor(address, kind, {
      log,
      clock,
      committer: new Committer(log, { now: () => clock.now() }),
      mailboxCapacity: 1,
      tally: new Tally(),
    })
    const by = { role: 'system', id: 'test' } as const
    const reply = await actor.ask(plain({ commandId: `c-${++commands}`, address, by, at: isoOf(clock.now()), ...command }))
    if (reply.kind === 'failed') throw new Error(`${reply.code} ${reply.message}`)
  }
  const ring = async (): Promise<void> => {
    for (let timer = due.shift(); timer; timer = due.shift()) {
      const { timerId: id, n, event } = timer
      await ask({ commandId: `due:${formatAddress(address)}:${n}`, event, answers: { wait: 'timer', id, n } })
    }
  }
  const tick = async (ms: number): Promise<void> => {
    for (let i = 0; i <= ZEROES; i++) {
      clock.advance(i === 0 ? ms : 0)
      await turn()
      await ring()
    }
  }
  const end = async (nth: number, how: Parameters<Side['happen']>[0] & { kind: 'end' }): Promise<void> => {
    const message = takeNth(open, nth)
    if (!message) return
    const { invokeId: id, n } = message.body
    const event =
      how.end.kind === 'resolved'
        ? { type: `xstate.done.actor.${id}`, output: how.end.output }
        : { type: `xstate.error.actor.${id}`, error: how.end.error }
    await ask({ commandId: `fx:${formatAddress(address)}:${n}`, event, answers: { wait: 'invoke', id, n } })
  }
  await ask({ event: { type: 'create', ...input } })
  await tick(0)
  return {
    async happen(happening) {
      if (happening.kind === 'event') await ask({ event: happening.event })
      if (happening.kind === 'end') await end(happening.nth, happening)
      if (happening.kind === 'time') for (let ms = 0; ms < happening.ms; ms += TICK_MS) await tick(TICK_MS)
      await tick(0)
    },
    async see() {
      const state = (await log.latest(address))?.body.state
      const { value, context, status, output, error } = state ?? {}
      return plain({ value, context, status, output, error, emitted, invoked })
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}
