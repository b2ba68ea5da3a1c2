import { Crowd, type CrowdParts } from './crowd.ts'

/** The load, in a process of its own: all the apps, and what they were told. */
export type CrowdQuestion =
  | ({ readonly kind: 'enter' } & CrowdParts)
  /** Begins, and warms up for so long. */
  | { readonly kind: 'begin'; readonly atOnce: number; readonly warmMs: number }
  /** The same with so many orders a second, however many are under way. */
  | { readonly kind: 'arrive'; readonly perS: number; readonly warmMs: number }
  /** Measures for so long, and goes on. */
  | { readonly kind: 'measure'; readonly ms: number }
  | { readonly kind: 'end' }

export interface Measured {
  readonly seconds: number
  readonly lifecycles: number
  /** Of an open loop: orders that were due, those of them that found no rider, and those that have not come to their end. */
  readonly arrived: number
  readonly turnedAway: number
  readonly underWay: number
  readonly lifecycleP50Ms: number
  readonly lifecycleP99Ms: number
  readonly failed: Readonly<Record<string, number>>
  readonly commandP50Ms: number
  readonly commandP99Ms: number
  readonly pushes: number
  readonly pushP50Ms: number
  readonly pushP99Ms: number
  readonly byCommand: Readonly<Record<string, { readonly count: number; readonly p50Ms: number; readonly p99Ms: number }>>
}
export interface Ended {
  /** Of all lifecycles, the warm-up's too. */
  readonly orderIds: readonly string[]
  readonly failed: Readonly<Record<string, number>>
  readonly missing: { readonly count: number; readonly examples: readonly string[] }
}

/** A push may still be on its way when its order has ended. */
const STRAGGLERS_MS = 5_000

let crowd: Crowd | undefined

const measure = async (crowd: Crowd, ms: number): Promise<Measured> => {
  crowd.clear()
  const failuresBefore = new Map(crowd.failures)
  const { arrived, turnedAway, completed } = crowd
  const before = { atMs: performance.now(), arrived, turnedAway, completed, pushes: crowd.told.pushes }
  await new Promise(resolve => setTimeout(resolve, ms))
  const { told, commandMs, byCommand, lifecycleMs } = crowd
  const failures = [...crowd.failures.values()].reduce((all, count) => all + count, 0)
  return {
    seconds: (performance.now() - before.atMs) / 1_000,
    lifecycles: crowd.completed - before.completed,
    arrived: crowd.arrived - before.arrived,
    turnedAway: crowd.turnedAway - before.turnedAway,
    underWay: crowd.arrived - crowd.turnedAway - crowd.completed - failures,
    lifecycleP50Ms: lifecycleMs.at(0.5),
    lifecycleP99Ms: lifecycleMs.at(0.99),
    failed: Object.fromEntries([...crowd.failures].map(([why, count]) => [why, count - (failuresBefore.get(why) ?? 0)])),
    commandP50Ms: commandMs.at(0.5),
    commandP99Ms: commandMs.at(0.99),
    pushes: told.pushes - before.pushes,
    pushP50Ms: told.pushMs.at(0.5),
    pushP99Ms: told.pushMs.at(0.99),
    byCommand: Object.fromEntries(
      Object.entries(byCommand)
        .filter(([, histogram]) => histogram.total > 0)
        .map(([name, histogram]) => [name, { count: histogram.total, p50Ms: histogram.at(0.5), p99Ms: histogram.at(0.99) }]),
    ),
  }
}

const end = async (crowd: Crowd): Promise<Ended> => {
  await crowd.end()
  const untilMs = performance.now() + STRAGGLERS_MS
  while (crowd.told.missing.count > 0 && performance.now() < untilMs) await new Promise(resolve => setTimeout(resolve, 50))
  return { orderIds: crowd.orderIds, failed: Object.fromEntries(crowd.failures), missing: crowd.told.missing }
}

const answer = async (question: CrowdQuestion): Promise<unknown> => {
  if (question.kind === 'enter') {
    crowd = new Crowd(question)
    await crowd.enter()
    return { entered: true }
  }
  if (!crowd) throw new Error('nobody has entered')
  switch (question.kind) {
    case 'begin':
      crowd.begin(question.atOnce)
      await new Promise(resolve => setTimeout(resolve, question.warmMs))
      return { begun: true }
    case 'arrive':
      crowd.arrive(question.perS)
      await new Promise(resolve => setTimeout(resolve, question.warmMs))
      return { begun: true }
    case 'measure':
      return measure(crowd, question.ms)
    case 'end':
      return end(crowd)
  }
}

process.on('message', (question: CrowdQuestion) => {
  void answer(question).then(reply => process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
