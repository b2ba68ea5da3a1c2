/** 64 shards: enough to spread over a few dozen hosts, few enough that each can be one subscription. */
export const SHARDS = 64

/** FNV-1a, 32 bit (Fowler, Noll, Vo): tiny, stable across platforms, spreads short ids evenly. */
const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** The shard of an id, 0…63. It is part of every subject, so it must never change for a stored actor. */
export const shardOf = (id: string): number => fnv1a(id) % SHARDS
