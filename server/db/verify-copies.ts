import type { Copy } from '../../actors/log.ts'
import type { Differences } from './difference.ts'

export interface CopiesTrial {
  readonly copies: (stream: string, upTo: number) => Promise<readonly Copy[]>
  readonly stream: string
  readonly upTo: number
  readonly differences: Differences
}

/**
 * Compares what the servers of a stream have with each other, record by record. What one let go of while another was read looks like a
 * loss; so whatever is found is looked at twice.
 * @returns the servers
 */
export const verifyCopies = async ({ copies, stream, upTo, differences }: CopiesTrial): Promise<readonly string[]> => {
  const first = await copies(stream, upTo)
  const servers = first.map(({ server }) => server).sort()
  const suspected = apartOf(first)
  if (suspected.size === 0) return servers
  for (const [server, seqs] of apartOf(await copies(stream, upTo))) {
    const apart = seqs.filter(seq => suspected.get(server)?.includes(seq))
    if (apart.length === 0) continue
    const which = `the first at ${apart[0]}, the last at ${apart.at(-1)}`
    differences.note(`${stream} on ${server}`, `${apart.length} records are not as the other servers have them, ${which}`)
  }
  return servers
}

/** The sequences that a server lacks or has otherwise than most do. */
const apartOf = (copies: readonly Copy[]): Map<string, readonly number[]> => {
  const apart = new Map<string, number[]>()
  const from = Math.min(...copies.map(({ first }) => first))
  const upTo = Math.max(...copies.map(({ first, sums }) => first + sums.length - 1))
  for (let seq = from; seq <= upTo; seq++) {
    const [one] = copies
    if (one && copies.every(copy => sumAt(copy, seq) === sumAt(one, seq))) continue
    const most = mostOf(copies.map(copy => sumAt(copy, seq)).filter(sum => sum !== 0))
    for (const copy of copies) if (sumAt(copy, seq) !== most) apart.set(copy.server, [...(apart.get(copy.server) ?? []), seq])
  }
  return apart
}

const sumAt = ({ first, sums }: Copy, seq: number): number => sums[seq - first] ?? 0

const mostOf = (sums: readonly number[]): number | undefined =>
  [...sums].sort((a, b) => sums.filter(sum => sum === b).length - sums.filter(sum => sum === a).length)[0]
