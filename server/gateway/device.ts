import type { LatLng } from '../../machines/distance.ts'

/** Where a rider's device says it is. */
export interface Position extends LatLng {
  /** The device's own count. */
  readonly seq: number
  /** The device's clock, never ahead of ours. ISO 8601 UTC. */
  readonly at: string
}

/** What is known of a rider's device. */
export interface Device {
  readonly position: Position
  /** When any report of it came last, taken or not, in milliseconds since 1970. */
  readonly heardMs: number
  /** Reports that only count up, and yet from below: its last count, and since when nothing else has come. */
  readonly run?: { readonly seq: number; readonly sinceMs: number }
}

/** Nobody restarts a phone's app, and gets a fix, in less. */
const RESTART_MS = 10_000

/**
 * Whether a position replaces another of the same device. A higher count does, a lower or equal one is late or a repeat.
 * A restarted device counts from the beginning: it is believed when its clock is 10 s further, and then whatever was
 * sent before the restart is at least as much older, so it can never come back.
 */
export const newer = (next: Position, last: Position | undefined): boolean => {
  if (!last) return true
  const aheadMs = Date.parse(next.at) - Date.parse(last.at)
  return next.seq > last.seq ? aheadMs > -RESTART_MS : aheadMs >= RESTART_MS
}

/**
 * Judges a report. A lower count alone is no restart, whatever its clock says, for reports of a bad line arrive in any order and some
 * devices stamp them when they send: for 10 s nothing may have come but a count that begins anew and rises.
 */
export const judge = (
  device: Device | undefined,
  next: Position,
  nowMs: number,
): { readonly accepted: boolean; readonly device: Device } => {
  const taken = { accepted: true, device: { position: next, heardMs: nowMs } }
  if (!device) return taken
  const { position, heardMs } = device
  const late = { accepted: false, device: { position, heardMs: nowMs } }
  if (next.seq > position.seq) return newer(next, position) ? taken : late
  const run = { seq: next.seq, sinceMs: device.run && next.seq > device.run.seq ? device.run.sinceMs : heardMs }
  if (newer(next, position) && nowMs - run.sinceMs >= RESTART_MS) return taken
  return { accepted: false, device: { ...late.device, run } }
}
