import type { Dice } from './dice.ts'

/** `kill` is SIGKILL, `restart` a signal to end in good order, `pause` SIGSTOP; `cut` and `stall` are the network to NATS. */
export const FAULT_KINDS = { kill: 4, pause: 3, restart: 2, cut: 2, stall: 2 } as const
export type FaultKind = keyof typeof FAULT_KINDS

export interface Fault {
  /** From the beginning of the run. */
  readonly atMs: number
  readonly kind: FaultKind
  readonly target: string
  /** How long it is paused, cut or stalled; a process that was ended comes back by itself. */
  readonly forMs: number
}

/** At least one fault every 2 s. */
const GAP_MS = { from: 1_200, to: 1_900 }
/** A process that was ended gets this long to come back before it is hit again. */
const RECOVERY_MS = 6_000

const isServer = (target: string): boolean => /^(nats|postgres)/.test(target)
const groupOf = (target: string): string => target.replace(/-\d+$/, '')

/**
 * All faults of a run, from the dice alone: the same seed, the same plan. Of a NATS cluster one server at a time is away, for
 * the majority is its promise.
 */
export const plan = (dice: Dice, forMs: number, targets: readonly string[]): readonly Fault[] => {
  const faults: Fault[] = []
  const busyUntil = new Map<string, number>()
  const keyOf = (target: string): string => (groupOf(target) === 'nats' ? 'nats' : target)
  for (let atMs = GAP_MS.from; atMs < forMs; atMs += dice.between(GAP_MS.from, GAP_MS.to)) {
    const free = targets.filter(target => (busyUntil.get(keyOf(target)) ?? 0) <= atMs)
    // When all are hurt already, one of ours is killed on top of it: no 2 s without a fault.
    const target = dice.pick(free.length > 0 ? free : targets.filter(each => !isServer(each)))
    const { cut: _cut, stall: _stall, ...signals } = FAULT_KINDS
    const kind: FaultKind = free.length === 0 ? 'kill' : isServer(target) ? dice.weighed(signals) : dice.weighed(FAULT_KINDS)
    const forMs = kind === 'kill' || kind === 'restart' ? 0 : dice.between(1_000, 10_000)
    busyUntil.set(keyOf(target), atMs + forMs + RECOVERY_MS)
    faults.push({ atMs, kind, target, forMs })
  }
  return faults
}
