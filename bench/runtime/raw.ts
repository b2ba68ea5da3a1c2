import { connect, headers, type NatsConnection, nuid } from '@nats-io/transport-node'
import { decide } from '../../actors/decide.ts'
import type { Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { printTable } from '../report.ts'
import { LEVELS } from './levels.ts'
import { LIFE, pressCommand, pressKind } from './press.ts'

/** What JetStream itself does with the same bytes and guards on this machine, in this run: the measure for the runtime. */
export interface RawFigures {
  /** By how many publish side by side, each waiting for its acknowledgement. */
  readonly singlesPerS: ReadonlyMap<number, number>
  /** In atomic batches of 256, one in flight. */
  readonly batchedPerS: number
}

const BATCH = 256

/** The record of an actor that has lived for a while: its newest answers are in it, as they are in a real one. */
export const seasonedRecord = (id: string, presses: number): ActorRecord => {
  let last: Stored<ActorRecord> | undefined
  for (let i = 0; i <= presses; i++) {
    const decision = decide(pressKind, last, pressCommand(id, i === 0 ? 'set' : 'press'), Date.now())
    if (decision.kind !== 'commit') throw new Error(`a press could not be pressed: ${decision.kind}`)
    last = { subject: decision.entry.subject, seq: i + 1, at: decision.entry.record.at, body: decision.entry.record }
  }
  if (!last) throw new Error('no record')
  return last.body
}

export const measureRaw = async (url: string, quick: boolean): Promise<RawFigures> => {
  const nc = await connect({ servers: url, noAsyncTraces: true })
  const payload = new TextEncoder().encode(JSON.stringify(seasonedRecord('press-raw', LIFE / 2)))
  const measureMs = quick ? 100 : 2_000
  const singlesPerS = new Map<number, number>()
  for (const inFlight of LEVELS) singlesPerS.set(inFlight, await rateOf(nc, payload, `${inFlight}`, inFlight, 1, measureMs))
  const batchedPerS = await rateOf(nc, payload, 'batch', 1, BATCH, measureMs)
  await nc.close()
  printTable(
    [`raw JetStream, ${payload.length} bytes, guarded`, 'records/s'],
    [
      ...[...singlesPerS].map(([inFlight, perS]) => [`single publishes, ${inFlight} side by side`, perS] as const),
      [`atomic batches of ${BATCH}`, batchedPerS],
    ],
  )
  return { singlesPerS, batchedPerS }
}

const rateOf = async (nc: NatsConnection, payload: Uint8Array, name: string, inFlight: number, size: number, measureMs: number) => {
  let records = 0
  const startMs = performance.now()
  const untilMs = startMs + measureMs
  await Promise.all(
    Array.from({ length: inFlight }, async (_, writer) => {
      const subjects = Array.from({ length: size }, (_, i) => `evt.press.0.raw-${name}-${writer}-${i}._`)
      const seqs = subjects.map(() => 0)
      while (performance.now() < untilMs) {
        const last = await publish(nc, payload, subjects, seqs)
        for (let i = 0; i < size; i++) seqs[i] = last - size + 1 + i
        records += size
      }
    }),
  )
  return (records / (performance.now() - startMs)) * 1_000
}

/** One guarded publish, or one atomic batch of them. Answers the last sequence. */
const publish = async (nc: NatsConnection, payload: Uint8Array, subjects: readonly string[], seqs: readonly number[]): Promise<number> => {
  const batch = nuid.next()
  for (const [i, subject] of subjects.entries()) {
    const h = headers()
    h.set('Nats-Expected-Last-Subject-Sequence', String(seqs[i] ?? 0))
    if (subjects.length > 1) {
      h.set('Nats-Batch-Id', batch)
      h.set('Nats-Batch-Sequence', String(i + 1))
    }
    if (i < subjects.length - 1) {
      nc.publish(subject, payload, { headers: h })
      continue
    }
    if (subjects.length > 1) h.set('Nats-Batch-Commit', '1')
    const ack = (await nc.request(subject, payload, { headers: h, timeout: 10_000 })).json<{
      seq: number
      error?: { description: string }
    }>()
    if (ack.error) throw new Error(ack.error.description)
    return ack.seq
  }
  return 0
}
