import { setImmediate as turn } from 'node:timers/promises'
import { type AnyMachineSnapshot, createActor, fromPromise, SimulatedClock } from 'xstate'
import type { Specimen } from './lab.ts'
import { type End, plain, type Side, TICK_MS, takeNth, ZEROES } from './side.ts'

/** The original: XState's own actor, alive in memory from beginning to end, under its own simulated clock. */
export const xstateSide = async ({ machine, input }: Specimen): Promise<Side> => {
  const open: ((end: End) => void)[] = []
  const invoked: { src: string; input: unknown }[] = []
  const emitted: unknown[] = []
  const effect = (src: string) =>
    fromPromise(({ input: given }) => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      open.push(end => (end.kind === 'resolved' ? resolve(end.output) : reject(end.error)))
      invoked.push({ src, input: given })
      return promise
    })
  const sources = Object.fromEntries(Object.keys(machine.implementations.actors).map(src => [src, effect(src)]))
  const clock = new SimulatedClock()
  const actor = createActor(machine.provide({ actors: sources }), { clock, logger: () => undefined, input: { type: 'create', ...input } })
  actor.on('*', event => void emitted.push(plain(event)))
  actor.subscribe({ error: () => undefined }) // an actor that ends in an error would else throw at nobody
  const tick = (ms: number): void => {
    clock.increment(ms)
    for (let i = 0; i < ZEROES; i++) clock.increment(0)
  }
  actor.start()
  tick(0)
  await turn()
  return {
    async happen(happening) {
      if (happening.kind === 'event') actor.send(happening.event)
      if (happening.kind === 'end') takeNth(open, happening.nth)?.(happening.end)
      if (happening.kind === 'time') for (let ms = 0; ms < happening.ms; ms += TICK_MS) tick(TICK_MS)
      await turn()
      tick(0)
    },
    async see() {
      const { value, context, status, output, error } = actor.getSnapshot() as AnyMachineSnapshot
      return plain({ value, context, status, output, error, emitted, invoked })
    },
    [Symbol.asyncDispose]: async () => void actor.stop(),
  }
}
