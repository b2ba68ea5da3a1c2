import { connect, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node'
import { Committer } from '../../actors/committer.ts'
import { connectNats, type Nats } from '../../actors/nats/connection.ts'
import { serversOf } from '../../actors/nats/servers.ts'
import { STREAMS } from '../../config/streams.ts'
import { keepAhead } from './ahead.ts'
import { stamp } from './stamp.ts'
import { type Household, Story } from './story.ts'

/** What happens in the kitchens, in a process of its own. */
export type PressQuestion =
  | { readonly kind: 'enter'; readonly natsUrl: string; readonly households: readonly Household[] }
  /** Commits so many transitions a second for so long, each on disk before it is told. */
  | { readonly kind: 'commit'; readonly perS: number; readonly ms: number }
  /** Tells transitions that no disk has seen, as fast as they are heard: what a gateway can do is more than a log can. */
  | { readonly kind: 'flood'; readonly ms: number; readonly ahead: number }

export interface PressAnswer {
  readonly transitions: number
  readonly failed: number
  /** Pushes that must come of them. */
  readonly pushes: number
}

const TICK_MS = 5

let households: readonly Household[] = []
let nats: Nats | undefined
let raw: NatsConnection | undefined
let committer: Committer | undefined
let orders = 0

const nextStory = (): Story => {
  const household = households[orders % households.length]
  if (!household) throw new Error('nobody lives here')
  return new Story(`o_bench_${process.pid}_${orders++}`, household)
}

const commit = async (perS: number, ms: number): Promise<PressAnswer> => {
  const ready: Story[] = []
  let [transitions, failed, pushes] = [0, 0, 0]
  const one = async (): Promise<void> => {
    const story = ready.shift() ?? nextStory()
    const committed = await committer?.commit(story.entry)
    if (committed?.kind !== 'appended') {
      failed++
      return
    }
    transitions++
    pushes += story.audience
    if (story.moved(committed.seq)) ready.push(story)
  }
  const all = new Set<Promise<void>>()
  const startMs = performance.now()
  let begun = 0
  for (let nowMs = startMs; nowMs - startMs < ms; nowMs = performance.now()) {
    for (const due = Math.floor(((nowMs - startMs) / 1_000) * perS); begun < due; begun++) {
      const doing: Promise<void> = one().finally(() => all.delete(doing))
      all.add(doing)
    }
    await new Promise(resolve => setTimeout(resolve, TICK_MS))
  }
  await Promise.all(all)
  return { transitions, failed, pushes }
}

const flood = async (ms: number, ahead: number): Promise<PressAnswer> => {
  if (!raw) throw new Error('nobody has entered')
  let transitions = 0
  const at = new Date().toISOString()
  const next = (): number => {
    const household = households[orders % households.length]
    if (!household) throw new Error('nobody lives here')
    let audiences = 0
    for (const { subject, bytes, audience } of stamp(++orders, household)) {
      raw?.publish(subject, bytes, { headers: headersOf(1_000_000_000 + transitions++, at) })
      audiences += audience
    }
    return audiences
  }
  const pushes = await keepAhead(raw, { ms, ahead, next })
  return { transitions, failed: 0, pushes }
}

/** As the server would write them; the client's own class would check every letter. */
const headersOf = (sequence: number, at: string): MsgHdrs =>
  ({ encode: () => Buffer.from(`NATS/1.0\r\nNats-Sequence: ${sequence}\r\nNats-Time-Stamp: ${at}\r\n\r\n`) }) as Pick<
    MsgHdrs,
    never
  > as MsgHdrs

const answer = async (question: PressQuestion): Promise<unknown> => {
  switch (question.kind) {
    case 'enter': {
      households = question.households
      nats ??= await connectNats({ url: question.natsUrl, name: 'bench press', streams: STREAMS })
      raw ??= await connect({ ...serversOf(question.natsUrl), name: 'bench flood' })
      committer = new Committer(nats.log, { now: () => performance.now() })
      return { entered: true }
    }
    case 'commit':
      return commit(question.perS, question.ms)
    case 'flood':
      return flood(question.ms, question.ahead)
  }
}

process.on('message', (question: PressQuestion) => {
  void answer(question).then(reply => process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
