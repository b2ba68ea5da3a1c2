import { SHARDS } from './shards.ts'

/** FNV-1a over the text, then Murmur3's finaliser: short, similar names must score as if they had nothing in common. */
const score = (text: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * The host of a shard by rendezvous hashing (Thaler and Ravishankar, 1998): whoever knows the same hosts names the same one,
 * and a host that comes or goes moves only its own share. Undefined when there are no hosts.
 */
export const ownerOf = (shard: number, hosts: readonly string[]): string | undefined => {
  let owner: string | undefined
  let highest = -1
  for (const host of hosts) {
    const points = score(`${host}/${shard}`)
    if (points > highest || (points === highest && host > (owner ?? ''))) [owner, highest] = [host, points]
  }
  return owner
}

export const shardsOf = (host: string, hosts: readonly string[]): number[] =>
  Array.from({ length: SHARDS }, (_, shard) => shard).filter(shard => ownerOf(shard, hosts) === host)
