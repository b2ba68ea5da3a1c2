import type { ChaosReport } from './run.ts'

/** Printed in full up to here; the rest is counted. */
const SHOWN_VIOLATIONS = 40

/** The report as lines; the last is `violations: N`. */
export const reportLines = ({ evidence, violations, toll, settledMs }: ChaosReport): readonly string[] => {
  const { asked, log } = evidence
  const count = (kind: string): number => asked.filter(({ answer }) => answer.kind === kind).length
  const slowest = Math.max(0, ...asked.map(({ askedAt, answeredAt }) => answeredAt - askedAt))
  const retries = asked.reduce((sum, { tries }) => sum + tries - 1, 0)
  const ends = new Map<string, number>()
  const last = new Map(log.map(({ orderId, state }) => [orderId, state.value.order]))
  for (const end of last.values()) ends.set(end, (ends.get(end) ?? 0) + 1)
  const faults = toll.entries.reduce((sum, [, { count }]) => sum + count, 0)
  return [
    '',
    `faults     ${faults}`,
    ...toll.entries.map(
      ([name, { count, longestMs }]) => `  ${name.padEnd(20)} ${String(count).padStart(3)}   next answer after at most ${longestMs} ms`,
    ),
    `commands   ${asked.length}: ${count('moved')} done, ${count('refused')} refused, ${count('unknown')} without an answer; ${retries} retries; slowest ${slowest} ms`,
    `orders     ${last.size}, ${log.length} transitions: ${[...ends].map(([end, n]) => `${n} ${end}`).join(', ')}`,
    `settled    ${(settledMs / 1_000).toFixed(1)} s after the last fault`,
    ...violations.slice(0, SHOWN_VIOLATIONS).map(({ orderId, rule, evidence }) => `VIOLATION  ${orderId}: ${rule}: ${evidence}`),
    ...(violations.length > SHOWN_VIOLATIONS ? [`           and ${violations.length - SHOWN_VIOLATIONS} more`] : []),
    `violations: ${violations.length}`,
  ]
}
