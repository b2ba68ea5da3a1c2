import { Histogram } from '../histogram.ts'
import type { Figures } from '../report.ts'
import type { Account } from './account.ts'
import { capacityPerS, PHASES, type Phase, type Plan } from './plan.ts'
import type { Evening, Times } from './run.ts'
import { LOOK_EVERY_MS } from './watch.ts'

/** The share of its capacity at which a provider counts as fully used. */
const FULL_SHARE = 0.9
/** The first second of a spike is the limiter's. */
const FIRST_MS = 1_000
/** By then the calls that were under way when the provider died have been given up: what is in its hand since then are probes. */
const DEADLINE_MS = 6_000

export const phaseOf = (times: Times, atMs: number): Phase | undefined => PHASES.findLast(phase => atMs >= times[phase] && atMs < times.end)

/** Cores that each process took in a phase, `all` of ours, and `elsewhere`: with much of that, the figures are worth less. */
export const coresIn = ({ times, cpu }: Evening, phase: Exclude<Phase, 'after'>): Readonly<Record<string, number>> => {
  const next = PHASES[PHASES.indexOf(phase) + 1] ?? 'after'
  const [before, after] = [cpu[phase], cpu[next]]
  const ms = times[next] - times[phase]
  const spent = Object.entries(after.processes).map(([name, total]): [string, number] => [
    name,
    Math.max(0, total - (before.processes[name] ?? 0)) / ms,
  ])
  const all = spent.reduce((sum, [, cores]) => sum + cores, 0)
  return { ...Object.fromEntries(spent), all, elsewhere: (after.machineMs - before.machineMs) / ms - all }
}

/** What is measured of an evening. Whoever never opened or never recovered gets the whole phase for it: bad, and a number. */
export const figuresOf = ({ provider, times: factor, steadyPerS }: Plan, evening: Evening, account: Account): Figures => {
  const { times, watch, payers, errands } = evening
  const perS = capacityPerS(provider)
  const { approvedMs } = account
  const between = (from: number, to: number): number => approvedMs.filter(ms => ms >= from && ms < to).length
  const openedMs = watch.turns.find(({ atMs, state }) => atMs >= times.dead && state === 'open')?.atMs ?? times.recovery
  const fullMs = approvedMs.find(ms => ms >= times.recovery && between(ms - 1_000, ms + 1) >= FULL_SHARE * perS) ?? times.end
  const mostBetween = (from: number, to: number): number =>
    watch.looks.reduce((most, look) => (look.atMs > from && look.atMs <= to ? Math.max(most, look.most) : most), 0)
  const most = mostBetween(times.spike + FIRST_MS, times.end)
  const latency = (phase: Phase, share: number): number => {
    const histogram = new Histogram()
    for (const { dueMs, tookMs } of errands.done) if (phaseOf(times, dueMs) === phase) histogram.add(tookMs)
    return histogram.at(share)
  }
  const refunds = new Histogram()
  for (const { dueMs, tookMs } of account.refunds) if (phaseOf(times, dueMs) === 'dead') refunds.add(tookMs)
  const calmP99Ms = latency('calm', 0.99)
  const served = account.paid + account.failed
  const offered = payers.offered.length
  return {
    goodputRatio: between(times.spike + FIRST_MS, times.dead) / ((times.dead - times.spike - FIRST_MS) / 1_000) / perS,
    openAfterS: (openedMs - times.dead) / 1_000,
    recoverS: (fullMs - times.recovery) / 1_000,
    doubleCharges: account.doubleCharges,
    lostOrders: account.lost.length,
    unrelatedP99Ratio: latency('dead', 0.99) / calmP99Ms,
    unrelatedSpikeP99Ratio: latency('spike', 0.99) / calmP99Ms,
    unrelatedRecoveryP99Ratio: latency('recovery', 0.99) / calmP99Ms,
    ...Object.fromEntries(
      PHASES.flatMap(phase => [
        [`unrelatedP50Ms@${phase}`, latency(phase, 0.5)],
        [`unrelatedP99Ms@${phase}`, latency(phase, 0.99)],
      ]),
    ),
    pspMostAtOnce: most,
    pspOverCapacity: most / provider.capacity,
    probesAtOnce: mostBetween(Math.min(times.dead + DEADLINE_MS, times.recovery - LOOK_EVERY_MS), times.recovery),
    admittedSucceeded: served === 0 ? 1 : account.paid / served,
    recoveryGoodputRatio: between(fullMs, times.after) / Math.max(1, (times.after - fullMs) / 1_000) / perS,
    refundP99Ms: refunds.at(0.99),
    waitingMost: watch.looks.reduce((most, { waiting }) => Math.max(most, waiting), 0),
    longestWaitS: account.longestWaitS,
    offeredPerS:
      offered === 0
        ? 0
        : (payers.offered.filter(({ dueMs }) => phaseOf(times, dueMs) === 'spike').length * 1_000) / (times.dead - times.spike),
    spikeOverCapacity: (steadyPerS * factor) / perS,
    ordersOffered: offered,
    ordersRefused: payers.offered.filter(({ ok }) => !ok).length,
    ordersExpired: account.expired,
    ticketsPushed: payers.tickets,
    drainedS: (times.after - times.recovery) / 1_000,
    loadAverage: watch.meanLoad,
    ...Object.fromEntries(
      (['calm', 'spike', 'dead', 'recovery'] as const).map(phase => [`elsewhereCores@${phase}`, coresIn(evening, phase).elsewhere ?? 0]),
    ),
  }
}
