import { setTimeout as pause } from 'node:timers/promises'
import { connectNats } from '../../actors/nats/connection.ts'
import { Router } from '../../actors/router.ts'
import { SHARDS, shardOf } from '../../actors/shards.ts'
import { openChild } from '../child.ts'
import { type Figures, printTable } from '../report.ts'
import { PRESS_STREAMS, pressCommand } from './press.ts'

/** Two hosts under a steady load on every shard; one leaves politely, then one is killed. */
export const measureFailover = async (url: string, quick: boolean): Promise<Figures> => {
  const settleMs = quick ? 300 : 3_000
  const nats = await connectNats({ url, name: 'bench failover', streams: PRESS_STREAMS })
  const router = new Router({ wire: nats.wire, now: () => Date.now(), random: Math.random })
  await using _stays = await openChild('runtime/host-process.ts', [url])
  const change = async (how: 'drain' | 'kill') => {
    await using leaves = await openChild('runtime/host-process.ts', [url])
    const load = new ShardLoad(router, how)
    await pause(settleMs)
    const startMs = performance.now()
    if (how === 'kill') leaves.kill()
    else await leaves.ask({ kind: 'drain' })
    await load.allAnsweredSince(startMs)
    return await load.stop(startMs)
  }
  const drained = await change('drain')
  const killed = await change('kill')
  await nats.close()
  printTable(
    ['a host of two', 'longest wait of a shard, s', 'commands', 'failed'],
    [
      ['leaves', drained.longestS, drained.answered, drained.failed],
      ['is killed', killed.longestS, killed.answered, killed.failed],
    ],
  )
  return { failoverS: killed.longestS, failoverFailed: killed.failed, drainS: drained.longestS, drainFailed: drained.failed }
}

/** One caller for each shard, asking again every 5 ms: what a shard's clients see. */
class ShardLoad {
  readonly #router: Router
  readonly #callers: readonly Promise<void>[]
  readonly #firstAfter = new Map<number, number>()
  #sinceMs = Number.POSITIVE_INFINITY
  #stopped = false
  #answered = 0
  #failed = 0
  #all = Promise.withResolvers<void>()

  constructor(router: Router, name: string) {
    this.#router = router
    const ids = new Map<number, string>()
    for (let i = 0; ids.size < SHARDS; i++) ids.set(shardOf(`press-${name}-${i}`), `press-${name}-${i}`)
    this.#callers = [...ids].map(([shard, id]) => this.#call(shard, id))
  }

  /** Resolves when every shard has answered a command after that instant. */
  async allAnsweredSince(ms: number): Promise<void> {
    this.#sinceMs = ms
    await this.#all.promise
  }

  async stop(startMs: number) {
    this.#stopped = true
    await Promise.all(this.#callers)
    const longestS = (Math.max(...this.#firstAfter.values()) - startMs) / 1_000
    return { longestS, answered: this.#answered, failed: this.#failed }
  }

  async #call(shard: number, id: string): Promise<void> {
    for (let type: 'set' | 'press' = 'set'; !this.#stopped; type = 'press') {
      const reply = await this.#router.ask(pressCommand(id, type))
      this.#answered++
      if (reply.kind !== 'moved') this.#failed++
      const nowMs = performance.now()
      if (nowMs > this.#sinceMs && !this.#firstAfter.has(shard)) this.#firstAfter.set(shard, nowMs)
      if (this.#firstAfter.size === SHARDS) this.#all.resolve()
      await pause(5)
    }
  }
}
