import { type Address, formatAddress } from './address.ts'
import { backoffMs, type Carrier, carry, type Errand, giveUp } from './carry.ts'
import { isoOf } from './clock.ts'
import type { ActorState, Command } from './envelope.ts'
import type { Log, Settled, Stored, Subscription, Work } from './log.ts'
import { addressOfSubject } from './subjects.ts'
import { along, handling, type Trace } from './tracing.ts'
import { correlation } from './waits.ts'

/** What is written on `fx.<src>.…` when a machine invokes. */
export interface EffectBody {
  readonly invokeId: string
  readonly n: string
  readonly input: unknown
  readonly correlationId?: string
  /** Tries of its former lives, when operators had it tried again. */
  readonly tried?: number
}

export interface EffectCall<Input> {
  /** `fx:order/o_81:3-0`, the same at every try: the result's commandId. */
  readonly id: string
  readonly address: Address
  readonly input: Input
  /** From 1; those before it was a dead letter count, too. */
  readonly attempt: number
  /** Of the request that led to this call. */
  readonly correlationId?: string
  /** The span of this try, where it is traced. */
  readonly trace?: Trace
  /** Its actor as it is now: what asked may have thought better of it. */
  readonly state: ActorState
}

/** `done` and `failed` go to the machine as onDone and onError; `retry` waits, and after `maxAttempts` becomes a dead letter. */
export type EffectEnd<Output> =
  | { readonly kind: 'done'; readonly output: Output }
  | { readonly kind: 'failed'; readonly error: { readonly code: string; readonly message: string } }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }

export interface EffectWorker<Input, Output> extends Carrier {
  readonly log: Pick<Log, 'consume' | 'latest' | 'put'>
  readonly stream: string
  /** The invoked actor's name in the machine, `confirmPayment`. */
  readonly src: string
  readonly concurrency: Work<unknown>['concurrency']
  /** Waits until the provider may be called; undefined: this worker is leaving. What it gives is called when the call is over. Absent: at once. */
  readonly admit?: () => Promise<(() => void) | undefined>
  /** A worker silent for this long is taken for dead and its call given to another. */
  readonly ackWaitMs: number
  /** Tries before the call becomes a dead letter. */
  readonly maxAttempts: number
  /** The longest pause between two tries, default 30,000 ms. */
  readonly retryMaxMs?: number
  readonly call: (call: EffectCall<Input>) => Promise<EffectEnd<Output>>
  /** Hears of a message that no actor wrote; it is passed over. */
  readonly onPoison?: (message: Stored<unknown>) => void
}

/**
 * Does what machines invoke. E1. Work its actor no longer waits for is dropped. E2. The message is settled only after the
 * actor took the result. E3. A repeat reports under the same id, so the actor hears it once. E4. What cannot be brought
 * to an end is kept as a dead letter before it is settled.
 */
export const runEffects = <Input, Output>(worker: EffectWorker<Input, Output>): Promise<Subscription> =>
  worker.log.consume<EffectBody>({
    stream: worker.stream,
    durable: `fx-${worker.src}`,
    subjects: [`fx.${worker.src}.>`],
    concurrency: worker.concurrency,
    ackWaitMs: worker.ackWaitMs,
    handler: handling(worker.tracer, `effect ${worker.src}`, (message, attempt) => perform(worker, message, attempt)),
  })

const perform = async <Input, Output>(
  worker: EffectWorker<Input, Output>,
  message: Stored<EffectBody>,
  attempt: number,
): Promise<Settled> => {
  const { log, src } = worker
  if (!isEffect(message)) {
    worker.onPoison?.(message)
    return { kind: 'done' }
  }
  const address = addressOfSubject(message.subject)
  const { invokeId, n, tried = 0 } = message.body
  const id = `fx:${formatAddress(address)}:${n}`
  const errand: Errand = { src, address, n, message, attempt }
  const leave = worker.admit ? await worker.admit() : () => undefined
  if (leave === undefined) return { kind: 'retry', afterMs: 0 } // this worker is leaving: another takes it
  const newest = await log.latest(address).catch((error: unknown) => {
    leave()
    throw error
  })
  if (!newest || !Object.values(newest?.body.waits.invokes ?? {}).some(wait => wait.n === n)) {
    leave()
    return { kind: 'done' } // E1; a migration may have renamed it
  }
  const end = await worker
    .call({
      id,
      address,
      input: message.body.input as Input,
      attempt: tried + attempt,
      state: newest.body.state,
      ...correlation(message.body),
      ...along(message),
    })
    .catch((error: unknown): EffectEnd<Output> => ({ kind: 'retry', reason: String(error) }))
    .finally(leave)
  if (end.kind === 'retry') {
    if (attempt >= worker.maxAttempts) return giveUp(worker, { ...errand, attempt: tried + attempt }, end.reason) // E4
    return { kind: 'retry', afterMs: end.afterMs ?? backoffMs(attempt, worker.random(), worker.retryMaxMs) }
  }
  const command: Command = {
    commandId: id, // E3
    address,
    event:
      end.kind === 'done'
        ? { type: `xstate.done.actor.${invokeId}`, output: end.output }
        : { type: `xstate.error.actor.${invokeId}`, error: end.error },
    answers: { wait: 'invoke', id: invokeId, n },
    by: { role: 'system', id: src },
    at: isoOf(worker.now()),
    ...correlation(message.body),
    ...along(message),
  }
  return carry(worker, command, errand) // E2
}

/** fx.<src>.<kind>.<shard>.<id>.<n>, with a body that names what is awaited. */
const isEffect = ({ subject, body }: Stored<Partial<EffectBody> | undefined>): boolean =>
  subject.split('.').length === 6 && typeof body?.invokeId === 'string' && typeof body.n === 'string'
